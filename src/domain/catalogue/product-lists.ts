// The filters and sort fields of product lists. The contract uses them too, so they are not beside the list's SQL.

/** The states that a list can be filtered by. `conditions` in list-products.ts defines them. */
export const productStatuses = [
  "low",
  "out",
  "hidden",
  "untracked",
  "pre-order",
  "disabled",
] as const;

/** A state of a product. */
export type ProductStatus = (typeof productStatuses)[number];

/** The fields that a list can be sorted by. */
export const productSorts = ["sku", "name", "unitsInStock", "updatedAt"] as const;

/** A field to sort by. */
export type ProductSort = (typeof productSorts)[number];
