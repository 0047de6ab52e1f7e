// Reads a CSV file of products into rows, and checks each cell by itself, without the stored products.

import { createCsvReader, type CsvRecord } from "../../csv/csv-reader.ts";
import { delimiterOf } from "../../csv/delimiter-of.ts";
import { comparedText } from "../../domain/compared-text.ts";
import { quoted } from "../../domain/quoted.ts";
import { skuSchema } from "../../contract/sku.ts";
import {
  createFaultList,
  type FaultList,
  type FileFault,
} from "../../domain/product-file/fault-list.ts";
import {
  type CellValue,
  type ColumnName,
  columnNames,
  columnOf,
  type Heading,
  productColumns,
  readCell,
  readOldCell,
} from "../../domain/product-file/product-columns.ts";
import type { FileRow, ProductFile } from "../../domain/product-file/product-file.ts";
import { rowsMax } from "../../contract/product-file.ts";

/** The most columns; a file of products has fewer. */
const columnsMax = 64;
/** The longest row; a product with all its options is shorter. */
const rowCharactersMax = 20_000;
/** How many characters are parsed between two pauses. */
const pieceSize = 64 * 1024;

/** The state while a file is read. */
type Reading = {
  names: readonly (Heading | undefined)[];
  readonly rows: FileRow[];
  readonly faulty: Set<string>;
  readonly faults: FaultList;
  /** The line of each SKU. */
  readonly seen: Map<string, number>;
  /** Whether the rest of the file is ignored. */
  isOver: boolean;
};

/** Reads the file. Separators may be commas, semicolons or tabs. It may be paused: see `inSlices`. */
export function* readProductFile(text: string): Generator<undefined, ProductFile> {
  const delimiter = delimiterOf(text);
  const reader = createCsvReader({ delimiter, quotes: "standard", columnsMax, rowCharactersMax });
  const reading: Reading = {
    names: [],
    rows: [],
    faulty: new Set(),
    faults: createFaultList(),
    seen: new Map(),
    isOver: false,
  };
  for (let at = 0; at < text.length && !reading.isOver; at += pieceSize) {
    yield* take(reader.push(text.slice(at, at + pieceSize)), reading);
  }
  if (!reading.isOver) yield* take(reader.end(), reading);
  const { rows, faulty, faults } = reading;
  if (reading.names.length === 0 && faults.faults().count === 0) faults.add(noHead);
  return { rows, faulty, faults: faults.faults() };
}

const noHead: FileFault = {
  line: 1,
  column: "sku",
  detail:
    "Expected a header with a column sku, which says what each row is about; the file is empty.",
};

function* take(records: readonly CsvRecord[], reading: Reading): Generator<undefined> {
  for (const record of records) {
    if (reading.isOver) return;
    takeRecord(record, reading);
    yield;
  }
}

function takeRecord(record: CsvRecord, reading: Reading): void {
  const { faults, rows } = reading;
  if (record.kind === "fault") {
    faults.add({ line: record.line, column: null, detail: record.detail });
    return;
  }
  if (record.kind === "head") {
    reading.names = record.cells.map(columnOf);
    const found = headFaults(record.cells, reading.names, record.line);
    faults.add(...found);
    reading.isOver = found.length > 0;
    return;
  }
  if (rows.length === rowsMax) {
    const detail = `Expected at most ${rowsMax} rows; this is one more. Send the file in parts.`;
    faults.add({ line: record.line, column: null, detail });
    reading.isOver = true;
    return;
  }
  takeRow(record, reading);
}

function takeRow({ line, cells }: CsvRecord & { kind: "row" }, reading: Reading): void {
  const { row, sku, faults } = readRow(reading.names, cells, line);
  if (sku !== null) {
    const first = reading.seen.get(sku);
    if (first === undefined) reading.seen.set(sku, line);
    else {
      const detail = `Expected each SKU once; ${quoted(sku)} is in line ${first} already. Remove one of the rows, or give one another SKU.`;
      faults.push({ line, column: "sku", detail });
    }
  }
  if (row !== null && faults.length === 0) reading.rows.push(row);
  else if (sku !== null) reading.faulty.add(sku);
  reading.faults.add(...faults);
}

function headFaults(
  headings: readonly string[],
  names: readonly (Heading | undefined)[],
  line: number,
): FileFault[] {
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

type ReadRow = {
  /** null if the row can't be used. */
  readonly row: FileRow | null;
  readonly sku: string | null;
  readonly faults: FileFault[];
};

function readRow(
  names: readonly (Heading | undefined)[],
  record: readonly string[],
  line: number,
): ReadRow {
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
  faults.push(...skuFaults(sku, "sku", line), ...skuFaults(variantOf, "variantOf", line));
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

/** Checks a SKU before the schemas do, because it is looked up first, and the database refuses some texts. */
function skuFaults(sku: string | null, column: "sku" | "variantOf", line: number): FileFault[] {
  const parsed = sku === null ? null : skuSchema.safeParse(sku);
  if (sku === null || parsed === null || parsed.success) return [];
  const expected = parsed.error.issues[0]?.message ?? "expected a SKU";
  return [{ line, column, detail: `The SKU: ${expected}; got ${quoted(sku)}.` }];
}
