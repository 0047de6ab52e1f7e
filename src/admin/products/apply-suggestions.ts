// Puts suggested thresholds into the product form.

import type { SuggestedThresholdsReply } from "../../contract/reports.ts";
import { allHaveOwnUnits, type ProductFields } from "./product-form-values.ts";

/** The suggestion for one count of the product. */
export type Suggestion = SuggestedThresholdsReply["data"][number];

/** The suggestions that fit the form: those that there are, of counts that the form's values use. */
export function usableSuggestions(
  suggestions: readonly Suggestion[],
  fields: ProductFields,
): Suggestion[] {
  const counted = new Set(
    fields.variants.filter(({ unitsInStock }) => unitsInStock !== "").map(({ sku }) => sku),
  );
  if (!allHaveOwnUnits(fields)) counted.add(fields.sku);
  return suggestions.filter(({ sku, suggested }) => suggested !== null && counted.has(sku));
}

/** The form's values with the suggested thresholds. Items without a suggestion stay as they are. */
export function applySuggestions(
  fields: ProductFields,
  suggestions: readonly Suggestion[],
): ProductFields {
  const usable = new Map(
    usableSuggestions(suggestions, fields).map(({ sku, suggested }) => [sku, suggested]),
  );
  return {
    ...fields,
    ...usable.get(fields.sku),
    variants: fields.variants.map((variant) => ({ ...variant, ...usable.get(variant.sku) })),
  };
}
