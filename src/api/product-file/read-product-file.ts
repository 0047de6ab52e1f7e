// Reads a CSV file of products into rows whose cells are checked one by one. Knows nothing of what is stored.

import { CsvError, parse } from "csv-parse/sync";
import * as z from "zod";
import {
  type CellValue,
  type ColumnName,
  columnNames,
  columnOf,
  productColumns,
  readCell,
  rowsMax,
} from "./product-columns.ts";

/** What is wrong with the file: with a line of it, or with all of it where the line is 1, its head. */
export type FileFault = {
  readonly line: number;
  readonly column: string | null;
  readonly detail: string;
};

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
  readonly faults: readonly FileFault[];
};

const records = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }),
);

/** Reads the file. Separators may be commas, semicolons or tabs. */
export function readProductFile(text: string): ProductFile {
  const parsed = parseCsv(text);
  if ("fault" in parsed) return { rows: [], faults: [parsed.fault] };
  const [head, ...body] = parsed.lines;
  const columns = readHead(head?.record ?? []);
  if ("faults" in columns) return { rows: [], faults: columns.faults };
  if (body.length > rowsMax) {
    const detail = `Expected at most ${rowsMax} rows; got ${body.length}. Send the file in parts.`;
    return { rows: [], faults: [{ line: 1, column: null, detail }] };
  }
  const rows: FileRow[] = [];
  const faults: FileFault[] = [];
  const seen = new Map<string, number>();
  for (const { record, info } of body) {
    if (record.every((cell) => cell.trim() === "")) continue;
    const row = readRow(columns.names, record, info.lines);
    faults.push(...row.faults);
    if (row.row === null) continue;
    const { sku, line } = row.row;
    const first = seen.get(sku);
    if (first !== undefined) {
      const detail = `Expected each SKU once; ${JSON.stringify(sku)} is in line ${first} already.`;
      faults.push({ line, column: "sku", detail });
      continue;
    }
    seen.set(sku, line);
    rows.push(row.row);
  }
  return { rows, faults };
}

type Parsed = { readonly lines: z.output<typeof records> } | { readonly fault: FileFault };

function parseCsv(text: string): Parsed {
  try {
    const lines: unknown = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    return { lines: records.parse(lines) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = z.int().catch(1).parse(error["lines"]);
    return { fault: { line, column: null, detail: `This is no CSV: ${error.message}` } };
  }
}

/** The separator that the head has most of. */
function delimiterOf(text: string): string {
  const head = text.slice(0, text.search(/[\r\n]|$/));
  const counts = [",", ";", "\t"].map((separator) => ({
    separator,
    count: head.split(separator).length,
  }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).separator;
}

type Head =
  | { readonly names: readonly (ColumnName | undefined)[] }
  | { readonly faults: readonly FileFault[] };

function readHead(headings: readonly string[]): Head {
  const names = headings.map(columnOf);
  const faults = headings.flatMap((heading, index): FileFault[] => {
    const column = heading.trim();
    const name = names[index];
    if (column === "") return [];
    if (name === undefined) {
      const detail = `There is no column ${JSON.stringify(column)}. There are: ${columnNames.join(", ")}.`;
      return [{ line: 1, column, detail }];
    }
    if (names.indexOf(name) === index) return [];
    return [{ line: 1, column, detail: `Expected the column ${name} once.` }];
  });
  if (!names.includes("sku")) {
    const detail = "Expected a head with a column sku, which says what each row is about.";
    return { faults: [{ line: 1, column: "sku", detail }, ...faults] };
  }
  return faults.length > 0 ? { faults } : { names };
}

function readRow(
  names: readonly (ColumnName | undefined)[],
  record: readonly string[],
  line: number,
): { readonly row: FileRow | null; readonly faults: readonly FileFault[] } {
  const cells = new Map<ColumnName, CellValue>();
  const faults: FileFault[] = [];
  for (const [index, name] of names.entries()) {
    if (name === undefined) continue;
    const cell = readCell(name, record[index] ?? "");
    if (cell.ok) cells.set(name, cell.value);
    else faults.push({ line, column: name, detail: cell.detail });
  }
  const sku = cells.get("sku");
  if (typeof sku !== "string") {
    return { row: null, faults: [...faults, { line, column: "sku", detail: "Expected a SKU." }] };
  }
  const parent = cells.get("variantOf");
  const variantOf = typeof parent === "string" ? parent : null;
  for (const [name, value] of cells) {
    if (value === null || variantOf === null || productColumns[name].ofVariants) continue;
    const detail = "Expected an empty cell: variants have this from their product.";
    faults.push({ line, column: name, detail });
  }
  return { row: faults.length > 0 ? null : { line, sku, variantOf, cells }, faults };
}
