// Finds a format's columns in a header, and reads the cells of a row by them.

import { invisibleIn } from "../../compared-text.ts";
import { quoted } from "../../quoted.ts";
import { readWholeNumber } from "../../whole-number.ts";
import type { FileFault } from "../fault-list.ts";
import { plainText } from "../spreadsheet-marks.ts";
import type { FileRow } from "../product-file.ts";
import type { ColumnUse, KnownColumn, MappedRows, Sheet, SourceRow } from "./format.ts";

/** The columns of one file, and the faults and notes that its rows had so far. */
export type Columns<Key extends string> = {
  has(key: Key): boolean;
  /** The file's own heading, or the usual one if the file has no such column. */
  heading(key: Key): string;
  /** The cell's text without blanks around it and a spreadsheet's marks; empty if the file has no such column. */
  text(row: SourceRow, key: Key): string;
  /** The cell as a whole number; null if it is empty or wrong, which is a fault. */
  units(row: SourceRow, key: Key): number | null;
  /** The cell as one of these words, in any case; undefined if it is empty or another word, which is a fault. */
  word<Value>(row: SourceRow, key: Key, words: Readonly<Record<string, Value>>): Value | undefined;
  fault(row: SourceRow, key: Key, detail: string): void;
  note(row: SourceRow, key: Key, detail: string): void;
  readonly faults: readonly FileFault[];
  readonly notes: readonly FileFault[];
  readonly uses: readonly ColumnUse[];
  /** These rows with the faults, the notes and the columns, of a file that names no locations. */
  mapped(rows: readonly FileRow[]): MappedRows;
};

/** Headings differ in case, blanks, apostrophes, and the star of a required column between versions of one system. */
export function plainHeading(heading: string): string {
  return heading
    .normalize()
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/\s*\*$/, "")
    .replace(/\s*\(not editable\)$/, "")
    .replaceAll(/[\s_]+/g, " ")
    .trim();
}

/** The place of the column with one of these names in a header, or -1. */
export function placeOf(head: readonly string[], names: readonly string[]): number {
  const wanted = names.map(plainHeading);
  return head.findIndex((heading) => wanted.includes(plainHeading(heading)));
}

/** Finds the columns. Of two columns with one name, the first is read, and the other is a fault. */
export function findColumns<Key extends string>(
  { head, headLine }: Sheet,
  known: Readonly<Record<Key, KnownColumn>>,
): Columns<Key> {
  const places = new Map<string, number>();
  const faults: FileFault[] = [];
  const notes: FileFault[] = [];
  const uses = head.map((column): ColumnUse => ({ column, becomes: null }));
  const columnsByKey: Readonly<Record<string, KnownColumn>> = known;
  for (const [key, { names, becomes }] of Object.entries(columnsByKey)) {
    const place = placeOf(head, names);
    if (place === -1) continue;
    places.set(key, place);
    const column = head[place] ?? "";
    uses[place] = { column, becomes };
    const again = head.findLastIndex((heading) => plainHeading(heading) === plainHeading(column));
    if (again === place) continue;
    const detail = "Expected this column once; remove the other, or rename it.";
    faults.push({ line: headLine, column, detail });
  }
  const heading = (key: Key): string => head[places.get(key) ?? -1] ?? known[key].names[0] ?? key;
  const text = (row: SourceRow, key: Key): string =>
    plainText(row.cells[places.get(key) ?? -1] ?? "");
  const fault = ({ line }: SourceRow, key: Key, detail: string): void => {
    faults.push({ line, column: heading(key), detail });
  };
  return {
    has: (key) => places.has(key),
    heading,
    text,
    fault,
    note({ line }, key, detail) {
      notes.push({ line, column: heading(key), detail });
    },
    units(row, key) {
      const cell = text(row, key);
      if (cell === "") return null;
      const read = readWholeNumber(cell);
      if (read.ok) return read.value;
      fault(row, key, read.detail);
      return null;
    },
    word(row, key, words) {
      const cell = text(row, key);
      if (cell === "") return undefined;
      const plain = cell.toLowerCase();
      if (Object.hasOwn(words, plain)) return words[plain];
      fault(row, key, `Expected ${inWords(Object.keys(words))}; got ${quoted(cell)}.`);
      return undefined;
    },
    faults,
    notes,
    uses,
    mapped: (rows) => ({ rows, faults, notes, columns: uses, locations: [] }),
  };
}

function inWords(words: readonly string[]): string {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

/** A name without characters that nobody can see: exports have no-break spaces and marks of direction in them. */
export function visibleName(name: string): string {
  return invisibleIn(name) === null
    ? name
    : name
        .replaceAll(/[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/gu, " ")
        .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, "")
        .trim();
}
