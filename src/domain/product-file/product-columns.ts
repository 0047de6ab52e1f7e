// The columns of the CSV file of products: their names, and how a cell is read and written. A row is a product or a
// variant. A variant names its product in the column `variantOf`.

import { quoted } from "../quoted.ts";
import { readWholeNumber } from "../whole-number.ts";

/** The kind of a column's cells. */
type CellKind = "text" | "yes-no" | "units" | "options";

/** One column. */
type ProductColumn = { readonly kind: CellKind; readonly ofVariants: boolean };

/** Every column, in the order of an export. */
export const productColumns = {
  sku: { kind: "text", ofVariants: true },
  variantOf: { kind: "text", ofVariants: true },
  name: { kind: "text", ofVariants: true },
  type: { kind: "text", ofVariants: false },
  enabled: { kind: "yes-no", ofVariants: true },
  trackInventory: { kind: "yes-no", ofVariants: false },
  unitsInStock: { kind: "units", ofVariants: true },
  expectedUnits: { kind: "units", ofVariants: true },
  stockAlertThreshold: { kind: "units", ofVariants: true },
  outOfStockThreshold: { kind: "units", ofVariants: true },
  hideIfOutOfStock: { kind: "yes-no", ofVariants: false },
  allowPreOrder: { kind: "yes-no", ofVariants: false },
  allowNegativeStock: { kind: "yes-no", ofVariants: false },
  options: { kind: "options", ofVariants: true },
  leadDays: { kind: "units", ofVariants: true },
  packSize: { kind: "units", ofVariants: true },
} as const satisfies Record<string, ProductColumn>;

/** The name of a column. */
export type ColumnName = keyof typeof productColumns;

const isColumn = (name: string): name is ColumnName => Object.hasOwn(productColumns, name);

/** Every column's name. */
export const columnNames: readonly ColumnName[] = Object.keys(productColumns).filter(isColumn);

/** The column of a heading. `isOld`: its cells have an older form, which `readOldCell` reads. */
export type Heading = { readonly column: ColumnName; readonly isOld: boolean };

/**
 * The column of a heading, or undefined. It ignores case, spaces, underscores and hyphens, so that "Units in Stock" is
 * found too.
 */
export function columnOf(heading: string): Heading | undefined {
  return headings.get(plain(heading));
}

function plain(heading: string): string {
  return heading.toLowerCase().replaceAll(/[\s_-]/g, "");
}

/** The old form of the out-of-stock threshold. Files that were exported by an earlier version have it. */
const oldThreshold = "sellBelowThreshold";

const headings = new Map<string, Heading>([
  ...columnNames.map((column) => [plain(column), { column, isOld: false }] as const),
  [plain(oldThreshold), { column: "outOfStockThreshold", isOld: true }],
]);

/** The value of a cell; null if the cell is empty. */
export type CellValue = string | number | boolean | Readonly<Record<string, string>> | null;

/** The value of a cell, or its fault. */
export type ReadCell =
  | { readonly ok: true; readonly value: CellValue }
  | { readonly ok: false; readonly detail: string };

/** Reads a cell. */
export function readCell(column: ColumnName, cell: string): ReadCell {
  const text = cell.trim();
  if (text === "") return { ok: true, value: null };
  switch (productColumns[column].kind) {
    case "text":
      return { ok: true, value: unguard(text) };
    case "yes-no":
      return readYesNo(text);
    case "units":
      return readWholeNumber(text);
    case "options":
      return readOptions(unguard(text));
  }
}

/**
 * Reads a cell of the old form: true sold to the last unit, which is a threshold of 0; false is none. Returns undefined
 * for an empty cell, which changes nothing.
 */
export function readOldCell(cell: string): ReadCell | undefined {
  const text = cell.trim();
  if (text === "") return undefined;
  const read = readYesNo(text);
  return read.ok ? { ok: true, value: read.value === true ? 0 : null } : read;
}

const words: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["yes", true],
  ["1", true],
  ["false", false],
  ["no", false],
  ["0", false],
]);

function readYesNo(text: string): ReadCell {
  const value = words.get(text.toLowerCase());
  return value === undefined
    ? { ok: false, detail: `Expected true or false; got ${quoted(text)}.` }
    : { ok: true, value };
}

/** Reads `colour=red; size=M`. A backslash escapes the next character. */
function readOptions(text: string): ReadCell {
  const options = new Map<string, string>();
  for (const part of splitUnescaped(text, ";")) {
    const [written = "", ...value] = splitUnescaped(part, "=");
    const name = unescape(written);
    if (value.length !== 1) return refusedOptions(part.trim());
    // An object can lose a value under the name __proto__ without an error.
    if (options.has(name) || name === "__proto__") return refusedOption(name);
    options.set(name, unescape(value[0] ?? ""));
  }
  return { ok: true, value: Object.fromEntries(options) };
}

function refusedOptions(part: string): ReadCell {
  return {
    ok: false,
    detail: `Expected options such as colour=red; size=M; got ${quoted(part)}.`,
  };
}

function refusedOption(name: string): ReadCell {
  const detail =
    name === "__proto__"
      ? "Expected another name; __proto__ is reserved."
      : `Expected each option once; got ${quoted(name)} twice.`;
  return { ok: false, detail };
}

function splitUnescaped(text: string, separator: string): string[] {
  const parts = [""];
  for (const [token] of text.matchAll(/\\.|[^\\]|\\$/gsu)) {
    if (token === separator) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${token}`);
  }
  return parts;
}

const unescape = (text: string): string => text.trim().replaceAll(/\\(.)/gsu, "$1");

/** Writes options as `readOptions` reads them. */
export function writeOptions(options: Readonly<Record<string, string>>): string {
  return Object.entries(options)
    .map(([name, value]) => `${escape(name)}=${escape(value)}`)
    .join("; ");
}

function escape(text: string): string {
  return text.replaceAll(/[\\;=]/g, String.raw`\$&`);
}

/** The beginnings of a formula in a spreadsheet, and the sign that marks text. */
const formula = /^['=+\-@\t\r]/;

/** Marks a text that a spreadsheet would run as a formula (CSV injection). `readCell` removes the mark. */
export function guard(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** Removes the mark of `guard`. */
export function unguard(text: string): string {
  return text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;
}
