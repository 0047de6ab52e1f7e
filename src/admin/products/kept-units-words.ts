// What becomes of counts when a product is saved, for the person who edits it: no unit leaves the books unseen.

import type { ProductTypeFlags } from "../../domain/catalogue/product-type.ts";
import { productForm } from "../words/en/products/form.ts";
import type { ProductFields } from "./product-form-values.ts";
import type { Product } from "./product-queries.ts";

const text = productForm.keptUnits;

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
  const whose = { units, variants: given.length, first: first.name };
  return fields.unitsInStock === stored?.unitsInStock ? text.added(whose) : text.ended(whose);
}

/** What a type without variants or inventory does to the product's variants and counts; null if it hides nothing. */
export function hiddenByTypeWords(
  type: ProductTypeFlags | undefined,
  stored: Product | null,
): string | null {
  if (type === undefined || stored === null || type.code === stored.type) return null;
  const hidesVariants = !type.hasVariants && stored.variants.length > 0;
  const hidesCounts = !type.hasInventory && stored.trackInventory;
  const variants = stored.variants.length;
  if (hidesVariants) return hidesCounts ? text.hidesBoth(variants) : text.hidesVariants(variants);
  return hidesCounts ? text.hidesCounts : null;
}
