// Tallyman's own file of products: its columns, and how a row is read. The export writes it.

import { comparedText } from "../../compared-text.ts";
import { quoted } from "../../quoted.ts";
import type { FileFault } from "../fault-list.ts";
import {
  type CellValue,
  type ColumnName,
  columnNames,
  columnOf,
  type Heading,
  productColumns,
  readCell,
  readOldCell,
} from "../product-columns.ts";
import type { FileRow } from "../product-file.ts";
import type { ColumnUse, SourceRow } from "./format.ts";

/** The name of the file in a sentence. */
export const tallymanTitle = "Tallyman's file of products";

/** The most columns; the file has fewer. Each one too many would be a fault of its own. */
const columnsMax = 64;

/** The columns of a header; undefined for a heading that is none. */
export type Headings = readonly (Heading | undefined)[];

/** Reads a header, and finds all its faults. */
export function readHeadings(
  head: readonly string[],
  line: number,
): { readonly names: Headings; readonly faults: readonly FileFault[] } {
  if (head.length > columnsMax) {
    const detail = `Expected a header of at most ${columnsMax} columns; got ${head.length}.`;
    return { names: [], faults: [{ line, column: null, detail }] };
  }
  const names = head.map(columnOf);
  return { names, faults: headFaults(head, names, line) };
}

/** What the columns become, for a report. */
export function usesOf(head: readonly string[], names: Headings): readonly ColumnUse[] {
  return head.map((column, index) => ({ column, becomes: names[index]?.column ?? null }));
}

function headFaults(headings: readonly string[], names: Headings, line: number): FileFault[] {
  const faults = headings.flatMap((heading, index): FileFault[] => {
    const name = names[index];
    if (heading === "") return [];
    const column = heading.slice(0, 60);
    if (name === undefined) {
      const detail = `There is no column ${quoted(heading)}. There are: ${columnNames.join(", ")}.`;
      return [{ line, column, detail }];
    }
    if (names.findIndex((other) => other?.column === name.column) === index) return [];
    return [{ line, column, detail: onceOnly(name) }];
  });
  if (names.some((name) => name?.column === "sku")) return faults;
  const detail = "Expected a header with a column sku, which says what each row is about.";
  return [{ line, column: "sku", detail }, ...faults];
}

const onceOnly = ({ column, isOld }: Heading): string =>
  isOld
    ? `This is the old form of the column ${column}, which the file has too. Remove one of both.`
    : `Expected the column ${column} once.`;

/** A row that was read, and its faults. */
export type ReadRow = {
  /** null if the row can't be used. */
  readonly row: FileRow | null;
  readonly sku: string | null;
  readonly faults: FileFault[];
};

/** Reads a row. Its SKUs are in the form that is compared, and not checked. */
export function readRow(names: Headings, { cells: record, line }: SourceRow): ReadRow {
  const cells = new Map<ColumnName, CellValue>();
  const faults: FileFault[] = [];
  for (const [index, text] of record.entries()) {
    const heading = names[index];
    if (heading === undefined) {
      if (text.trim() === "") continue;
      const detail = `Expected nothing in a column without a heading; got ${quoted(text.trim())}.`;
      faults.push({ line, column: null, detail });
      continue;
    }
    const cell = heading.isOld ? readOldCell(text) : readCell(heading.column, text);
    if (cell === undefined) continue;
    if (cell.ok) cells.set(heading.column, cell.value);
    else faults.push({ line, column: heading.column, detail: cell.detail });
  }
  const sku = skuOf(cells, "sku");
  const variantOf = skuOf(cells, "variantOf");
  if (sku === null) {
    if (cells.has("sku")) faults.push({ line, column: "sku", detail: "Expected a SKU." });
    return { row: null, sku, faults };
  }
  for (const [name, value] of cells) {
    if (value === null || variantOf === null || productColumns[name].ofVariants) continue;
    const detail = "Expected an empty cell: variants have this from their product.";
    faults.push({ line, column: name, detail });
  }
  return { row: { line, sku, variantOf, cells }, sku, faults };
}

/** The SKU of a cell in the form that is compared. It may still be one that the schema refuses. */
function skuOf(
  cells: ReadonlyMap<ColumnName, CellValue>,
  column: "sku" | "variantOf",
): string | null {
  const value = cells.get(column);
  return typeof value === "string" ? comparedText(value) : null;
}
