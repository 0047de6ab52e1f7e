// Settings that other systems have for each variant, and Tallyman for a whole product.

/** The value that all of these have; null if they differ, undefined if there are none. */
export function agreed<Value>(values: readonly (Value | undefined)[]): Value | null | undefined {
  const known = new Set(values.filter((value) => value !== undefined));
  if (known.size > 1) return null;
  const [only] = known;
  return only;
}

/** What is said of variants that do not agree on selling below zero. */
export const mixedBackorders =
  "Some of this product's variants are sold when none is left, and others are not. Tallyman has one setting for the product: not sold.";

/** The fault of a variant without a count beside others that have one. */
export const mixedTracking =
  "Expected a count, as this product's other variants have. Tallyman counts all variants of a product or none.";
