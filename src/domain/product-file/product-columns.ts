// The columns of the products' CSV file: what they are called, and how a cell is written and read. A row is a
// product, or a variant, which names its product under `variantOf`.

import { quoted } from "../quoted.ts";
import { readWholeNumber } from "../whole-number.ts";

/** How the cells of a column are read. */
type CellKind = "text" | "yes-no" | "units" | "options";

/** One column. */
type ProductColumn = { readonly kind: CellKind; readonly ofVariants: boolean };

/** Every column, in the order in which they are written. */
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
  hideIfOutOfStock: { kind: "yes-no", ofVariants: false },
  allowPreOrder: { kind: "yes-no", ofVariants: false },
  allowNegativeStock: { kind: "yes-no", ofVariants: false },
  sellBelowThreshold: { kind: "yes-no", ofVariants: false },
  options: { kind: "options", ofVariants: true },
} as const satisfies Record<string, ProductColumn>;

/** The name of a column. */
export type ColumnName = keyof typeof productColumns;

const isColumn = (name: string): name is ColumnName => Object.hasOwn(productColumns, name);

/** Every column's name. */
export const columnNames: readonly ColumnName[] = Object.keys(productColumns).filter(isColumn);

/**
 * The column that a heading means, or undefined: upper and lower case, spaces and underscores don't matter, so
 * that "Units in Stock" is understood as well.
 */
export function columnOf(heading: string): ColumnName | undefined {
  return columnsByHeading.get(plain(heading));
}

function plain(heading: string): string {
  return heading.toLowerCase().replaceAll(/[\s_-]/g, "");
}

const columnsByHeading = new Map(columnNames.map((name) => [plain(name), name]));

/** A value of a cell; null where the cell is empty. */
export type CellValue = string | number | boolean | Readonly<Record<string, string>> | null;

/** What reading a cell comes to. */
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

/** Reads `colour=red; size=M`. A backslash takes the meaning from the character after it. */
function readOptions(text: string): ReadCell {
  const options = new Map<string, string>();
  for (const part of splitUnescaped(text, ";")) {
    const [written = "", ...value] = splitUnescaped(part, "=");
    const name = unescape(written);
    if (value.length !== 1) return refusedOptions(part.trim());
    // JavaScript takes this name for something else, so that the option would be lost.
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
      ? "Expected another name of an option than __proto__."
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

/** What a spreadsheet would take for a formula, or for the sign that it is none. */
const formula = /^['=+\-@\t\r]/;

/** A text that no spreadsheet runs as a formula when the file is opened. */
export function guard(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

function unguard(text: string): string {
  return text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;
}
