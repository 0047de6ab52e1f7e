// Says in words what the two thresholds of an item do.

import { limitOf, outOfStockAt } from "../../domain/stock/stock-holder.ts";
import type { NumberField } from "../forms/units-field.ts";
import { productForm } from "../words/en/products/form.ts";

const text = productForm.levels;

/** Two thresholds as a form has them; "" is empty. */
export type LevelFields = {
  readonly stockAlertThreshold: NumberField;
  readonly outOfStockThreshold: NumberField;
};

/** Settings of the product that sell every unit, whatever the thresholds are. */
export type SalesFields = { readonly allowPreOrder: boolean; readonly allowNegativeStock: boolean };

/**
 * Returns what follows from the thresholds, such as "Warns at 10, stops selling at 0: the last unit is sold."; null while a
 * field can't be read as a number.
 */
export function levelWords(fields: LevelFields, sales: SalesFields): string | null {
  const threshold = thresholdOf(fields.stockAlertThreshold);
  const outOfStockThreshold = thresholdOf(fields.outOfStockThreshold);
  if (threshold === undefined || outOfStockThreshold === undefined) return null;
  const levels = { threshold, outOfStockThreshold };
  const warnsAt = limitOf(levels);
  if (sales.allowNegativeStock) return text.belowZero(warnsAt);
  if (sales.allowPreOrder) return text.preOrder(warnsAt);
  const stopsAt = outOfStockAt(levels);
  return outOfStockThreshold === null
    ? text.untilSet(warnsAt, stopsAt)
    : text.stops(warnsAt, stopsAt, outOfStockThreshold);
}

/** The number in a field, null if it is empty, undefined if it can't be read. */
function thresholdOf(field: NumberField): number | null | undefined {
  if (typeof field === "number") return field;
  return field.trim() === "" ? null : undefined;
}

/** The thresholds of a variant: what it leaves empty is its product's. */
export function levelsOfVariant(variant: LevelFields, product: LevelFields): LevelFields {
  return {
    stockAlertThreshold: ownOr(variant.stockAlertThreshold, product.stockAlertThreshold),
    outOfStockThreshold: ownOr(variant.outOfStockThreshold, product.outOfStockThreshold),
  };
}

const ownOr = (ofVariant: NumberField, ofProduct: NumberField): NumberField =>
  ofVariant === "" ? ofProduct : ofVariant;
