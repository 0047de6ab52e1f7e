// What a product type says about its products, and the one answer to whether a product's stock is tracked.

/** The type of products that name none. */
export const defaultProductType = "goods";

/** A product type as the rules see it. */
export type ProductTypeFlags = {
  readonly code: string;
  readonly hasInventory: boolean;
  readonly hasVariants: boolean;
};

/**
 * Whether the stock of a product is tracked: its type has inventory, and the product wants it tracked. `type` is
 * undefined if there is no such type. The database decides the same in `sync_stock_levels`, as the column `tracked`.
 */
export function isTracked(
  type: Pick<ProductTypeFlags, "hasInventory"> | undefined,
  product: { readonly trackInventory: boolean },
): boolean {
  return type?.hasInventory === true && product.trackInventory;
}
