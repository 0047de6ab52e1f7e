// The faults that the product form finds without the API: empty required fields, and numbers that can't be read or
// that the product does not allow.

import { isTracked } from "../../domain/catalogue/product-type.ts";
import { anyUnits, noNegativeUnits, type NumberField, unitsFault } from "../forms/units-field.ts";
import { allHaveOwnUnits, labels, type ProductFields } from "./product-form-values.ts";
import type { Product, ProductType } from "./product-queries.ts";

/** Returns the faults by field. The API checks everything else. */
export function checkProduct(
  fields: ProductFields,
  type: ProductType | undefined,
  stored: Product | null,
): Record<string, string> {
  const faults: Record<string, string> = {};
  if (fields.sku.trim() === "") faults["sku"] = "Enter a SKU: the product's code in your shop.";
  if (fields.name.trim() === "") faults["name"] = "Enter a name.";
  // A product that is not tracked may still have an earlier count. Only the API knows.
  const mayHaveCount = stored !== null && !stored.trackInventory;
  const needsCount = isTracked(type, fields) && !allHaveOwnUnits(fields) && !mayHaveCount;
  if (needsCount && fields.unitsInStock === "") {
    faults["unitsInStock"] =
      "Enter the units in stock. They are required while the inventory is tracked.";
  }
  if (type?.hasVariants === true) {
    for (const [index, { sku }] of fields.variants.entries()) {
      if (sku.trim() === "") faults[`variants.${index}.sku`] = "Enter a SKU.";
    }
  }
  return isTracked(type, fields) ? { ...faults, ...numberFaults(fields, type, stored) } : faults;
}

/** The faults of the number fields, by field. */
function numberFaults(
  fields: ProductFields,
  type: ProductType | undefined,
  stored: Product | null,
): Record<string, string> {
  const storedUnits = new Map(stored?.variants.map(({ sku, unitsInStock }) => [sku, unitsInStock]));
  const holders = [
    { path: "", holder: fields, before: stored?.unitsInStock },
    ...(type?.hasVariants === true ? fields.variants : []).map((variant, index) => ({
      path: `variants.${index}.`,
      holder: variant,
      before: storedUnits.get(variant.sku),
    })),
  ];
  const checked = holders.flatMap(({ path, holder, before }): [string, string | null][] => [
    [`${path}unitsInStock`, countFault(holder.unitsInStock, before, fields.allowNegativeStock)],
    [`${path}stockAlertThreshold`, unitsFault(holder.stockAlertThreshold, anyUnits)],
    [`${path}outOfStockThreshold`, unitsFault(holder.outOfStockThreshold, noNegativeUnits)],
  ]);
  return Object.fromEntries(
    checked.flatMap(([field, fault]) => (fault === null ? [] : [[field, fault] as const])),
  );
}

/** A stored count below zero is no fault if it was not edited. */
function countFault(
  field: NumberField,
  before: number | null | undefined,
  allowsNegative: boolean,
): string | null {
  const isNewDebt = typeof field === "number" && field < 0 && field !== before && !allowsNegative;
  return isNewDebt
    ? `Type 0 or more, or turn on ${labels.allowNegativeStock}.`
    : unitsFault(field, anyUnits);
}
