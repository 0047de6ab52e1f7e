// What becomes of counts when a product is saved, for the person who edits it: no unit leaves the books unseen.

import type { ProductTypeFlags } from "../../domain/catalogue/product-type.ts";
import { count } from "../words/numbers.ts";
import type { ProductFields } from "./product-form-values.ts";
import type { Product } from "./product-queries.ts";

/** What happens to the units of variants that share the product's from now on; null if there are none. */
export function givenUpWords(fields: ProductFields, stored: Product | null): string | null {
  const emptied = new Set(
    fields.variants.flatMap(({ sku, unitsInStock }) => (unitsInStock === "" ? [sku] : [])),
  );
  const given = (stored?.variants ?? []).filter(
    ({ sku, unitsInStock }) => emptied.has(sku) && (unitsInStock ?? 0) !== 0,
  );
  const [first] = given;
  if (first === undefined) return null;
  const units = given.reduce((sum, { unitsInStock }) => sum + (unitsInStock ?? 0), 0);
  const whose = given.length === 1 ? first.name : count(given.length, "variant");
  return fields.unitsInStock === stored?.unitsInStock
    ? `Saving adds the ${count(units, "unit")} of ${whose} to the product's units.`
    : `Saving ends the ${count(units, "unit")} of ${whose}: the product's units that you have set count for all that share them.`;
}

/** What a type without variants or inventory does to the product's variants and counts; null if it hides nothing. */
export function hiddenByTypeWords(
  type: ProductTypeFlags | undefined,
  stored: Product | null,
): string | null {
  if (type === undefined || stored === null || type.code === stored.type) return null;
  const hidesVariants = !type.hasVariants && stored.variants.length > 0;
  const hidesCounts = !type.hasInventory && stored.trackInventory;
  const kept = "Nothing is lost: with a type that has them, they are back as they were.";
  if (hidesVariants && hidesCounts) {
    return `This type has no variants and no inventory. The product's ${count(stored.variants.length, "variant")} and all counts are hidden. ${kept}`;
  }
  if (hidesVariants) {
    return `This type has no variants. The product's ${count(stored.variants.length, "variant")} and their units are hidden, and orders that wait for their units are rejected. ${kept}`;
  }
  return hidesCounts
    ? `This type has no inventory. The product's counts are hidden, and orders do not change them. ${kept}`
    : null;
}
