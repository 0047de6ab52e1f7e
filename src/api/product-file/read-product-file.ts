// Reads a CSV file of products into rows, in whichever format it is, and checks each cell by itself, without the stored
// products.

import { createCsvReader, type CsvRecord } from "../../csv/csv-reader.ts";
import { delimiterOf } from "../../csv/delimiter-of.ts";
import { rowsMax } from "../../contract/product-file.ts";
import type { Faults, FileFault } from "../../domain/product-file/fault-list.ts";
import type {
  FileSource,
  FormatChoices,
  FormatName,
  Sheet,
  SourceRow,
} from "../../domain/product-file/formats/format.ts";
import { type Recognised, recognise } from "../../domain/product-file/formats/recognise.ts";
import {
  readHeadings,
  readRow,
  tallymanTitle,
  usesOf,
} from "../../domain/product-file/formats/tallyman.ts";
import type { ProductFile } from "../../domain/product-file/product-file.ts";
import { createAdmission } from "./admit-rows.ts";
import { mapOtherFile, type ReadContent } from "./map-other-file.ts";

/** The most columns. Files of other systems have a column for each field that a shop has added. */
const columnsMax = 1_024;
/** The longest row. Files of other systems have whole descriptions in HTML. */
const rowCharactersMax = 500_000;
/** How many characters are parsed between two pauses. */
const pieceSize = 64 * 1024;

/** How to read a file. */
export type ReadOptions = FormatChoices & {
  /** The format; recognised by the header if left out. */
  readonly format?: FormatName | undefined;
  /** The most rows. */
  readonly rowsMax?: number;
};

/** A file that was read, and how. */
export type ReadFile = ProductFile & {
  readonly source: FileSource;
  /** Whether the file only changes items that the store has. */
  readonly updatesOnly: boolean;
  /** The header and the rows as text. */
  readonly sheet: Sheet;
};

type Head = { readonly cells: readonly string[]; readonly line: number };

/** Reads the file. Separators may be commas, semicolons or tabs. It may be paused: see `inSlices`. */
export function* readProductFile(
  text: string,
  options: ReadOptions = {},
): Generator<undefined, ReadFile> {
  const { head, rows, faults } = yield* readRows(text, options.rowsMax ?? rowsMax, options.format);
  const recognised =
    head === null
      ? ({ kind: "tallyman" } as const)
      : recognise({ head: head.cells, headLine: head.line }, options.format);
  const read =
    recognised.kind === "other" && head !== null
      ? yield* mapOtherFile(recognised, { head: head.cells, headLine: head.line, rows }, options)
      : yield* readOwnFile(head, rows, recognised);
  read.admission.faults.add(...faults);
  read.admission.finish();
  const { admission, title, columns, locations, updatesOnly } = read;
  const source: FileSource = {
    format: recognised.kind === "other" ? recognised.file.format : (options.format ?? "tallyman"),
    title,
    recognisedBy: recognised.kind === "other" ? recognised.by : headingsOfSku(head),
    isNamed: options.format !== undefined,
    columns,
    locations,
    location: options.location ?? null,
    notes: admission.notes.faults(),
  };
  const found = admission.faults.faults();
  const { rows: admitted, faulty } = admission;
  const sheet = { head: head?.cells ?? [], headLine: head?.line ?? 1, rows };
  return { rows: admitted, faulty, faults: byLine(found), source, updatesOnly, sheet };
}

const byLine = ({ first, count }: Faults): Faults => ({
  first: first.toSorted((a, b) => a.line - b.line),
  count,
});

const headingsOfSku = (head: Head | null): readonly string[] =>
  (head?.cells ?? []).filter((cell) => cell.toLowerCase() === "sku");

const noHead: FileFault = {
  line: 1,
  column: "sku",
  detail:
    "Expected a header with a column sku, which says what each row is about; the file is empty.",
};

/** The header and the rows as text, and the faults of rows that are no CSV. It stops at the first row too many. */
function* readRows(text: string, max: number, format: FormatName | undefined) {
  const delimiter = delimiterOf(text);
  const reader = createCsvReader({ delimiter, quotes: "standard", columnsMax, rowCharactersMax });
  const rows: SourceRow[] = [];
  const faults: FileFault[] = [];
  let head: Head | null = null;
  for (let at = 0; at <= text.length; at += pieceSize) {
    const records: CsvRecord[] = reader.push(text.slice(at, at + pieceSize));
    if (at + pieceSize > text.length) records.push(...reader.end());
    for (const { kind, line, ...record } of records) {
      if ("detail" in record) faults.push({ line, column: null, detail: record.detail });
      else if (kind === "head") {
        head = { cells: record.cells, line };
        if (isWrongHead(head, format)) return { head, rows, faults };
      } else if (rows.length < max) rows.push({ line, cells: record.cells });
      else {
        const detail = `Expected at most ${max} rows; this is one more. Send the file in parts.`;
        return { head, rows, faults: [...faults, { line, column: null, detail }] };
      }
      yield;
    }
  }
  if (head === null && faults.length === 0) faults.push(noHead);
  return { head, rows, faults };
}

/** Whether the rows below a header need not be read, because it is in no format. */
function isWrongHead({ cells, line }: Head, format: FormatName | undefined): boolean {
  const { kind } = recognise({ head: cells, headLine: line }, format);
  return kind === "fault" || (kind === "tallyman" && readHeadings(cells, line).faults.length > 0);
}

function* readOwnFile(
  head: Head | null,
  rows: readonly SourceRow[],
  recognised: Recognised,
): Generator<undefined, ReadContent> {
  const admission = createAdmission((column) => column);
  const content = { admission, title: tallymanTitle, locations: [], updatesOnly: false };
  if (recognised.kind === "fault") admission.faults.add(recognised.fault);
  if (recognised.kind !== "tallyman" || head === null) return { ...content, columns: [] };
  const { names, faults } = readHeadings(head.cells, head.line);
  admission.faults.add(...faults);
  for (const row of faults.length > 0 ? [] : rows) {
    const read = readRow(names, row);
    admission.admit(read.row, read.sku, read.faults);
    yield;
  }
  return { ...content, columns: usesOf(head.cells, names) };
}
