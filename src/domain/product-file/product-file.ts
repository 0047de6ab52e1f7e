// A CSV file of products as the rules see it: rows whose cells have been read.

import type { Faults } from "./fault-list.ts";
import type { CellValue, ColumnName } from "./product-columns.ts";

/** One row. Only columns that the file has are in `cells`; null is an empty cell. */
export type FileRow = {
  readonly line: number;
  readonly sku: string;
  readonly variantOf: string | null;
  readonly cells: ReadonlyMap<ColumnName, CellValue>;
};

/** The rows that could be read, and what is wrong with the others. */
export type ProductFile = {
  readonly rows: readonly FileRow[];
  /** SKUs of rows that have a fault: what refers to them has none of its own. */
  readonly faulty: ReadonlySet<string>;
  readonly faults: Faults;
};
