// What somebody asks a product to be. Everything that may be left out is optional here; merge-product.ts
// decides what leaving it out means.

import type { Product, Variant } from "../entities/product.ts";

/** A variant as it is asked for. `unitsInStock` null: it draws on its product's stock. */
export type VariantEdit = {
  readonly sku: string;
  readonly name?: string | undefined;
  readonly options?: Readonly<Record<string, string>> | undefined;
  readonly enabled?: boolean | undefined;
  readonly unitsInStock?: number | null | undefined;
  readonly expectedUnits?: number | undefined;
  readonly stockAlertThreshold?: number | null | undefined;
};

/** A product as it is asked for. */
export type ProductEdit = {
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly trackInventory?: boolean | undefined;
  readonly unitsInStock?: number | undefined;
  readonly expectedUnits?: number | undefined;
  readonly stockAlertThreshold?: number | null | undefined;
  readonly hideIfOutOfStock?: boolean | undefined;
  readonly allowPreOrder?: boolean | undefined;
  readonly allowNegativeStock?: boolean | undefined;
  readonly sellBelowThreshold?: boolean | undefined;
  readonly variants?: readonly VariantEdit[] | undefined;
};

/** The settings of a product, as its row has them. */
export type ProductSettings = {
  readonly name: string;
  readonly enabled: boolean;
  readonly trackInventory: boolean;
  readonly stockAlertThreshold: number | null;
  readonly hideIfOutOfStock: boolean;
  readonly allowPreOrder: boolean;
  readonly allowNegativeStock: boolean;
  readonly sellBelowThreshold: boolean;
};

/** The settings of a variant, as its row has them. */
export type VariantSettings = {
  readonly sku: string;
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly ownStock: boolean;
  readonly stockAlertThreshold: number | null;
};

/** A count that an edit sets. `path` is the JSON pointer to the object that it stands in. */
export type CountEdit = {
  readonly sku: string;
  readonly path: string;
  readonly set: number;
  readonly expectedUnits: number | undefined;
};

/** The settings of a stored product. */
export function productSettings(product: Product): ProductSettings {
  return {
    name: product.name,
    enabled: product.enabled,
    trackInventory: product.trackInventory,
    stockAlertThreshold: product.stockAlertThreshold ?? null,
    hideIfOutOfStock: product.hideIfOutOfStock,
    allowPreOrder: product.allowPreOrder,
    allowNegativeStock: product.allowNegativeStock,
    sellBelowThreshold: product.sellBelowThreshold,
  };
}

/** The settings of a stored variant. */
export function variantSettings(variant: Variant): VariantSettings {
  const { sku, name, options, enabled, ownStock, stockAlertThreshold = null } = variant;
  return { sku, name, options, enabled, ownStock, stockAlertThreshold };
}
