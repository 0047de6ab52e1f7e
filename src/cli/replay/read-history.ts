// Reads the orders of an open file.

import { comparedText } from "../../domain/compared-text.ts";
import { createGrouping, type History } from "./group-orders.ts";
import type { CsvFile } from "./read-csv.ts";

/** The position of a cell in a row, by `reference`, `sku`, `quantity` and `name`. `name` may be missing. */
export type Positions = ReadonlyMap<string, number>;

/** Reads the rows, and calls `onRows` with the number read so far. Call it once for a file. */
export async function readHistory(
  file: CsvFile,
  positions: Positions,
  onRows: (rows: number) => void,
): Promise<History> {
  const grouping = createGrouping();
  let rows = 0;
  for await (const records of file.records) {
    for (const record of records) {
      if (record.kind === "head") continue;
      rows += 1;
      if (record.kind === "fault") {
        grouping.addFault(record.line, record.detail);
        continue;
      }
      const cell = (role: string) => record.cells[positions.get(role) ?? -1]?.trim() ?? "";
      grouping.add({
        line: record.line,
        reference: comparedText(cell("reference")),
        sku: comparedText(cell("sku")),
        quantity: cell("quantity"),
        name: cell("name"),
      });
    }
    onRows(rows);
  }
  return grouping.finish();
}
