// What spreadsheets do to codes: they mark text, turn long numbers into powers of ten, and short words into dates.

import { quoted } from "../quoted.ts";
import { unguard } from "./product-columns.ts";

/** Text that a formula keeps from being read as a number: `="0012"`. */
const textFormula = /^="([^"]*)"$/;

/**
 * A cell's text without blanks around it and without the marks by which spreadsheets keep a text as it is: an
 * apostrophe before digits or a formula, and `="0012"`.
 */
export function plainText(cell: string): string {
  const text = cell.trim();
  if (/^'\d/.test(text)) return text.slice(1);
  return textFormula.exec(text)?.[1] ?? unguard(text);
}

/** What a spreadsheet seems to have done to a code. `isLost`: the code can't be known any more. */
export type CodeDamage = { readonly isLost: boolean; readonly detail: string };

const months = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
const date = new RegExp(`^(?:\\d{1,2}[- ](?:${months})|(?:${months})[- ]\\d{1,2})$`, "i");
/** Excel's power of ten has a sign and two digits at least; a code such as 12E5 has none. */
const power = /^\d(?:[.,]\d+)?E[+-]\d{2,3}$/i;
const failed = /^(?:#+|#(?:N\/A|NAME\?|REF!|VALUE!|DIV\/0!|NUM!|NULL!))$/;

/** Recognises a code that a spreadsheet has changed; null if there is no sign of it. */
export function damageOf(code: string): CodeDamage | null {
  if (power.test(code)) {
    return lost(code, "a spreadsheet made it of a long number, and its last digits are lost");
  }
  if (failed.test(code)) return lost(code, "a spreadsheet shows this in place of a value");
  if (date.test(code)) {
    const detail = `${quoted(code)} looks like a date. Did a spreadsheet make it of a code such as MARCH1 or 3-1? Compare it with the system that the file is from.`;
    return { isLost: false, detail };
  }
  if (/^\d+[.,]0+$/.test(code)) {
    const detail = `${quoted(code)} looks like a number with decimals. Did a program read the code as a number?`;
    return { isLost: false, detail };
  }
  return null;
}

function lost(code: string, reason: string): CodeDamage {
  const detail = `Expected a SKU; got ${quoted(code)}: ${reason}. Export the file again, and import it without opening it in a spreadsheet.`;
  return { isLost: true, detail };
}

/** How many codes of one length make a rule, and which part of all codes of digits they must be. */
const rule = { count: 5, share: 0.8 } as const;

/**
 * The codes of digits that are shorter than nearly all others, which a spreadsheet may have robbed of zeros at their
 * beginning; empty if some code has such a zero, because then the file kept them.
 */
export function shortenedCodes(codes: readonly string[]): ReadonlySet<string> {
  const numbers = codes.filter((code) => /^\d+$/.test(code));
  const counts = new Map<number, number>();
  for (const { length } of numbers) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [usual = 0, count = 0] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  const isRule = count >= rule.count && count >= rule.share * numbers.length;
  if (!isRule || usual < 4 || numbers.some((code) => code.startsWith("0"))) return new Set();
  return new Set(numbers.filter(({ length }) => length < usual));
}
