// The features of a product type, and the rule for whether a product's stock is tracked.

/** The type of new products that name none. */
export const defaultProductType = "goods";

/** The part of a product type that the rules need. */
export type ProductTypeFlags = {
  readonly code: string;
  readonly hasInventory: boolean;
  readonly hasVariants: boolean;
};

/**
 * Whether the stock of a product is tracked: its type has inventory, and its own setting is on. `type` is undefined if
 * there is no such type. The database's function `sync_stock_levels` has the same rule, for the column `tracked`.
 */
export function isTracked(
  type: Pick<ProductTypeFlags, "hasInventory"> | undefined,
  product: { readonly trackInventory: boolean },
): boolean {
  return type?.hasInventory === true && product.trackInventory;
}
