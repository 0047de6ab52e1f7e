// A CSV file of products, after its cells were read.

import type { Faults } from "./fault-list.ts";
import type { CellValue, ColumnName } from "./product-columns.ts";

/** One row. Only columns that the file has are in `cells`; null is an empty cell. */
export type FileRow = {
  readonly line: number;
  readonly sku: string;
  readonly variantOf: string | null;
  readonly cells: ReadonlyMap<ColumnName, CellValue>;
  /** All lines that the row was made of, if there are more than `line`. */
  readonly lines?: readonly number[];
};

/** The rows that could be read, and the faults of the others. */
export type ProductFile = {
  readonly rows: readonly FileRow[];
  /** The SKUs of rows with a fault. A row that refers to one of them does not get another fault for that. */
  readonly faulty: ReadonlySet<string>;
  readonly faults: Faults;
};
