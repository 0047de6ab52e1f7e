// Splits a file into parts that one request can carry. A part has the file's header and all lines of its products, so
// that it is read as the whole file is.

import { linesOf } from "../../api/product-file/map-other-file.ts";
import type { FileRow } from "../../domain/product-file/product-file.ts";

/** A part of a file. */
export type FilePart = {
  readonly csv: string;
  /** The line of the whole file by the line of the part, which counts from 1. */
  readonly lines: readonly number[];
  readonly rows: readonly FileRow[];
};

/** The cells of a record, by the line where it begins. */
export type FileLines = ReadonlyMap<number, readonly string[]>;

/** How much a part may have. A request may have 10,000 rows and 3,000,000 characters. */
export const partLimits = { rows: 1_000, characters: 1_500_000 };

/** The parts of the rows that a file was read as. */
export function partsOf(
  rows: readonly FileRow[],
  head: readonly string[],
  records: FileLines,
  limits: typeof partLimits = partLimits,
): readonly FilePart[] {
  const parts: FilePart[] = [];
  let groups: FileRow[] = [];
  let size = 0;
  const close = (): void => {
    if (groups.length > 0) parts.push(partOf(groups, head, records));
    groups = [];
    size = 0;
  };
  for (const group of byProduct(rows)) {
    const length = charactersOf(group, records);
    if (groups.length + group.length > limits.rows || size + length > limits.characters) close();
    groups.push(...group);
    size += length;
  }
  close();
  return parts;
}

function byProduct(rows: readonly FileRow[]): readonly (readonly FileRow[])[] {
  const groups = new Map<string, FileRow[]>();
  for (const row of rows) {
    const product = row.variantOf ?? row.sku;
    const group = groups.get(product);
    if (group === undefined) groups.set(product, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

const recordsOf = (rows: readonly FileRow[]) =>
  [...new Set(rows.flatMap(linesOf))].toSorted((a, b) => a - b);

function charactersOf(rows: readonly FileRow[], records: FileLines): number {
  return recordsOf(rows).reduce((sum, line) => sum + textOf(records.get(line) ?? []).length, 0);
}

function partOf(rows: readonly FileRow[], head: readonly string[], records: FileLines): FilePart {
  const texts = [textOf(head)];
  const lines = [1, 1];
  for (const line of recordsOf(rows)) {
    const text = textOf(records.get(line) ?? []);
    texts.push(text);
    for (let count = text.split(/\r\n|\n|\r/).length; count > 0; count -= 1) lines.push(line);
  }
  return { csv: `${texts.join("\n")}\n`, lines, rows };
}

const textOf = (cells: readonly string[]): string =>
  cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
