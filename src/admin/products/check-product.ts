// The faults that the product form finds without the API: empty required fields, and numbers that can't be read or
// that the product does not allow.

import { isTracked } from "../../domain/catalogue/product-type.ts";
import {
  anyUnits,
  leadDaysLimits,
  noNegativeUnits,
  type NumberField,
  packSizeLimits,
  unitsFault,
} from "../forms/units-field.ts";
import { productForm } from "../words/en/products/form.ts";
import { allHaveOwnUnits, type ProductFields } from "./product-form-values.ts";
import type { Product, ProductType } from "./product-queries.ts";

const text = productForm.faults;

/** Returns the faults by field. The API checks everything else. */
export function checkProduct(
  fields: ProductFields,
  type: ProductType | undefined,
  stored: Product | null,
): Record<string, string> {
  const faults: Record<string, string> = {};
  if (fields.sku.trim() === "") faults["sku"] = text.sku;
  if (fields.name.trim() === "") faults["name"] = text.name;
  // A product that is not tracked may still have an earlier count. Only the API knows.
  const mayHaveCount = stored !== null && !stored.trackInventory;
  const needsCount = isTracked(type, fields) && !allHaveOwnUnits(fields) && !mayHaveCount;
  if (needsCount && fields.unitsInStock === "") {
    faults["unitsInStock"] = text.units;
  }
  if (type?.hasVariants === true) {
    for (const [index, { sku }] of fields.variants.entries()) {
      if (sku.trim() === "") faults[`variants.${index}.sku`] = text.variantSku;
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
    [`${path}leadDays`, unitsFault(holder.leadDays, leadDaysLimits)],
    [`${path}packSize`, unitsFault(holder.packSize, packSizeLimits)],
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
  return isNewDebt ? text.belowZero : unitsFault(field, anyUnits);
}
