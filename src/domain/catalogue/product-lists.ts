// What a list of products can be narrowed to and sorted by. Apart from the list itself, because the contract
// that browsers share names these too, and no SQL belongs there.

/** The states that a list can be narrowed to; `conditions` in list-products.ts says what they mean. */
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

/** What a list can be sorted by. */
export const productSorts = ["sku", "name", "unitsInStock", "updatedAt"] as const;

/** One of them. */
export type ProductSort = (typeof productSorts)[number];
