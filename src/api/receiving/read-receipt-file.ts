// Reads the CSV file of a receipt: a row for each line, with the columns sku and units. Nothing is guessed: a row that
// can't be read is a fault, and a receipt with a fault is refused as a whole.

import { createCsvReader, type CsvRecord } from "../../csv/csv-reader.ts";
import { delimiterOf } from "../../csv/delimiter-of.ts";
import { receiptLinesMax } from "../../contract/receipts.ts";
import { skuSchema } from "../../contract/sku.ts";
import { unitsMax } from "../../contract/stock.ts";
import { grouped } from "../../contract/issue-words.ts";
import { createFaultList, type FileFault } from "../../domain/product-file/fault-list.ts";
import { readCell } from "../../domain/product-file/product-columns.ts";
import { quoted } from "../../domain/quoted.ts";
import type { ArrivedLine } from "../../domain/receiving/receipt.ts";
import { readWholeNumber } from "../../domain/whole-number.ts";
import { Problem } from "../http/problem.ts";

const columns = ["sku", "units"] as const;
/** More columns than these two are faults, which are told by name. */
const columnsMax = 64;
const rowCharactersMax = 2_000;

/** The lines of a body, which has them as a list or as the text of a CSV file. */
export function arrivedLines(body: {
  readonly lines?: readonly ArrivedLine[] | undefined;
  readonly csv?: string | undefined;
}): readonly ArrivedLine[] {
  return body.csv === undefined ? (body.lines ?? []) : readReceiptFile(body.csv);
}

/** Reads the lines of the file. Throws a problem with its faults by line if there are any. */
export function readReceiptFile(text: string): readonly ArrivedLine[] {
  const delimiter = delimiterOf(text);
  const reader = createCsvReader({ delimiter, quotes: "standard", columnsMax, rowCharactersMax });
  const records = [...reader.push(text), ...reader.end()];
  const list = createFaultList();
  const lines = readRecords(records, (fault) => list.add(fault));
  const { first, count } = list.faults();
  if (count === 0) return lines;
  throw new Problem("validation-failed", "Something is wrong with the file; nothing was stored.", {
    errors: first.map(({ line, column, detail }) => ({
      pointer: "/csv",
      detail: `Line ${line}${column === null ? "" : `, ${column}`}: ${detail}`,
    })),
  });
}

type OnFault = (fault: FileFault) => void;

function readRecords(records: readonly CsvRecord[], onFault: OnFault): readonly ArrivedLine[] {
  const lines: ArrivedLine[] = [];
  let places: ReadonlyMap<string, number> | null = null;
  for (const record of records) {
    const { line } = record;
    if (record.kind === "fault") onFault({ line, column: null, detail: record.detail });
    else if (record.kind === "head") {
      places = readHead(record.cells, line, onFault);
      if (places === null) return [];
    } else if (places !== null) {
      const arrived = readRow(record, places, onFault);
      if (arrived !== null) lines.push(arrived);
    }
  }
  const isEmpty = !records.some(({ kind }) => kind === "row" || kind === "fault");
  if (isEmpty) onFault({ line: 1, column: null, detail: emptyDetail });
  const [over] = lines.slice(receiptLinesMax);
  if (over !== undefined) {
    const detail = `Expected at most ${grouped(receiptLinesMax)} rows; this is one more. Receive the rest with a reference of its own.`;
    onFault({ line: over.fileLine ?? 1, column: null, detail });
  }
  return lines;
}

const emptyDetail =
  "Expected a header with the columns sku and units, and a row for each SKU that arrived; the file has none.";

/** The place of each column, or null if the header has a fault. */
function readHead(
  cells: readonly string[],
  line: number,
  onFault: OnFault,
): ReadonlyMap<string, number> | null {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const faults: FileFault[] = [];
  for (const column of columns) {
    const count = names.filter((name) => name === column).length;
    if (count === 1) continue;
    const detail = `Expected a header with the column ${column} once; it is there ${count === 0 ? "not at all" : `${count} times`}.`;
    faults.push({ line, column, detail });
  }
  for (const [index, name] of names.entries()) {
    if (name === "" || columns.some((column) => column === name)) continue;
    const detail = `There is no column ${quoted(cells[index] ?? "")}. There are: ${columns.join(", ")}.`;
    faults.push({ line, column: name.slice(0, 60), detail });
  }
  for (const fault of faults) onFault(fault);
  return faults.length > 0 ? null : new Map(names.map((name, index) => [name, index]));
}

function readRow(
  { cells, line }: CsvRecord & { kind: "row" },
  places: ReadonlyMap<string, number>,
  onFault: OnFault,
): ArrivedLine | null {
  const cellOf = (column: string) => cells[places.get(column) ?? -1] ?? "";
  const sku = readSku(cellOf("sku"));
  const units = readUnits(cellOf("units"));
  if (!sku.ok) onFault({ line, column: "sku", detail: sku.detail });
  if (!units.ok) onFault({ line, column: "units", detail: units.detail });
  const unnamed = cells.find((cell, index) => places.get("") === index && cell.trim() !== "");
  if (unnamed !== undefined) {
    const detail = `Expected nothing in a column without a heading; got ${quoted(unnamed.trim())}.`;
    onFault({ line, column: null, detail });
  }
  return sku.ok && units.ok ? { sku: sku.value, units: units.value, fileLine: line } : null;
}

type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly detail: string };

function readSku(cell: string): Read<string> {
  const read = readCell("sku", cell);
  if (!read.ok) return read;
  if (read.value === null) return { ok: false, detail: "Expected a SKU; got nothing." };
  const parsed = skuSchema.safeParse(read.value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const expected = parsed.error.issues[0]?.message ?? "expected a SKU";
  return { ok: false, detail: `The SKU: ${expected}; got ${quoted(cell)}.` };
}

function readUnits(cell: string): Read<number> {
  const read = readWholeNumber(cell);
  if (!read.ok) return read;
  if (read.value >= 1 && read.value <= unitsMax) return read;
  const detail = `Expected a whole number from 1 to ${grouped(unitsMax)}; got ${quoted(cell.trim())}.`;
  return { ok: false, detail };
}
