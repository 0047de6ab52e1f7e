// A change of settings that is made on many products at once, and what takes it back. Pure.

import type { Product } from "../product-queries.ts";

const stockSettings = [
  "stockAlertThreshold",
  "outOfStockThreshold",
  "hideIfOutOfStock",
  "allowPreOrder",
  "allowNegativeStock",
  "leadDays",
  "packSize",
] as const;

/** The settings that can be changed on many at once. */
export type ProductChange = Partial<Pick<Product, "enabled" | (typeof stockSettings)[number]>>;

/** A setting with its value. */
type Entry = [name: string, value: boolean | number | null];

/** The part of a change that a product can take: one whose units are not counted has no settings about stock. */
export function changeFor(product: Product, change: ProductChange): ProductChange {
  const { enabled } = change;
  const ofStock = stockSettings.flatMap((field): Entry[] =>
    product.trackInventory && change[field] !== undefined ? [[field, change[field]]] : [],
  );
  return { ...(enabled === undefined ? {} : { enabled }), ...Object.fromEntries(ofStock) };
}

/** The change that gives a product the settings back which `change` replaces. */
export function undoOf(product: Product, change: ProductChange): ProductChange {
  const { enabled } = change;
  const ofStock = stockSettings.flatMap((field): Entry[] =>
    change[field] === undefined ? [] : [[field, product[field] ?? emptyOf(field)]],
  );
  return {
    ...(enabled === undefined ? {} : { enabled: product.enabled }),
    ...Object.fromEntries(ofStock),
  };
}

const flags: readonly string[] = ["hideIfOutOfStock", "allowPreOrder", "allowNegativeStock"];

const emptyOf = (field: (typeof stockSettings)[number]) => (flags.includes(field) ? false : null);

/** Whether a change changes nothing. */
export const isEmpty = (change: ProductChange): boolean => Object.keys(change).length === 0;
