// What the product form can tell without asking: fields that are required and empty.

import { allHaveOwnUnits, isTracked, type ProductFields } from "./product-form-values.ts";
import type { Product, ProductType } from "./product-queries.ts";

/** The faults by field. Everything else is the API's to judge, in its own words. */
export function checkProduct(
  fields: ProductFields,
  type: ProductType | undefined,
  stored: Product | null,
): Record<string, string> {
  const faults: Record<string, string> = {};
  if (fields.sku.trim() === "") faults["sku"] = "Give the product a SKU: its code in your shop.";
  if (fields.name.trim() === "") faults["name"] = "Give the product a name.";
  // A product whose stock was not tracked may have a count from before; the API knows.
  const mayHaveCount = stored !== null && !stored.trackInventory;
  const needsCount = isTracked(fields, type) && !allHaveOwnUnits(fields) && !mayHaveCount;
  if (needsCount && fields.unitsInStock === "") {
    faults["unitsInStock"] =
      "Say how many units there are. It is required while the inventory is tracked.";
  }
  if (type?.hasVariants === true) {
    for (const [index, { sku }] of fields.variants.entries()) {
      if (sku.trim() === "") faults[`variants.${index}.sku`] = "Give the variant a SKU.";
    }
  }
  return faults;
}
