// Builds the rows of products that a format maps its rows to.

import type { CellValue, ColumnName } from "../product-columns.ts";
import type { FileRow } from "../product-file.ts";

/** A row's fields; undefined is not in the row, so that it changes nothing. */
export type RowFields = Readonly<Partial<Record<ColumnName, CellValue | undefined>>>;

/** Builds a row. `lines` are all lines of the file that it was made of. */
export function productRow(
  lines: readonly number[],
  sku: string,
  variantOf: string | null,
  fields: RowFields,
): FileRow {
  const cells = new Map<ColumnName, CellValue>([["sku", sku]]);
  if (variantOf !== null) cells.set("variantOf", variantOf);
  const named: ReadonlyArray<readonly [ColumnName, CellValue | undefined]> = [
    ["name", fields.name],
    ["enabled", fields.enabled],
    ["trackInventory", fields.trackInventory],
    ["unitsInStock", fields.unitsInStock],
    ["stockAlertThreshold", fields.stockAlertThreshold],
    ["outOfStockThreshold", fields.outOfStockThreshold],
    ["allowNegativeStock", fields.allowNegativeStock],
    ["options", fields.options],
  ];
  for (const [column, value] of named) if (value !== undefined) cells.set(column, value);
  return { line: lines[0] ?? 1, lines, sku, variantOf, cells };
}

/** The thresholds of a system that alerts at or below `low` and sells to the last unit; nothing if it has no `low`. */
export function lowStock(low: number | null): RowFields {
  // Without an out-of-stock threshold of 0, nothing would be sold any more at the alert threshold.
  return low === null ? {} : { stockAlertThreshold: low, outOfStockThreshold: 0 };
}

/** How the thresholds are told in a report. */
export const lowStockWords = "stockAlertThreshold; outOfStockThreshold 0, to sell to the last unit";
