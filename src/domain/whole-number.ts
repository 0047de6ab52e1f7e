// Reads a whole number from a text. It accepts a text that has the same meaning in every country, also with separators
// for thousands. It refuses a text with two meanings, because a guess could be wrong and nobody would notice.

import { quoted } from "./quoted.ts";

/** Why a text is no whole number. `ambiguous`: its separator can be for thousands or for decimals. */
export type WholeNumberFault = "empty" | "ambiguous" | "fraction" | "not-a-number" | "too-large";

/** The number, or why there is none. `detail` says what was expected, what came, and what to write instead. */
export type ReadWholeNumber =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly fault: WholeNumberFault; readonly detail: string };

/** Every whole number of up to 15 digits is exact in JavaScript. */
const digitsMax = 15;
/** Longer texts are refused before the patterns run on them. */
const textMax = 60;

/** A number with one separator and three digits after it: thousands or decimals. */
const ambiguous = /^[1-9]\d{0,2}(?<separator>[.,])\d{3}$/;

/** Digits, or groups of three digits with one kind of separator; then perhaps decimals. */
const number =
  /^(?<digits>\d+|[1-9]\d{0,2}(?<gap>[.,'\u2019 \u00A0\u2009\u202F])\d{3}(?:\k<gap>\d{3})*)(?:(?<point>[.,])(?<decimals>\d+))?$/u;

/**
 * Reads a whole number, such as `1234`, ` +12 `, `-5`, `5.0`, `12,00`, `1,234,567`, `1 234` or `1.234,00`. `1,234` and
 * `1.000` are ambiguous.
 */
export function readWholeNumber(text: string): ReadWholeNumber {
  const trimmed = text.trim();
  if (trimmed === "")
    return { ok: false, fault: "empty", detail: "Expected a whole number; got nothing." };
  if (trimmed.length > textMax) return refused("not-a-number", trimmed, "");
  const sign = /^[+\-\u2212]/u.exec(trimmed)?.[0] ?? "";
  const amount = trimmed.slice(sign.length);
  const separator = ambiguous.exec(amount)?.groups?.["separator"];
  if (separator !== undefined) return twoMeanings(trimmed, separator);
  const { digits, gap, point, decimals = "" } = number.exec(amount)?.groups ?? {};
  if (digits === undefined || (gap !== undefined && gap === point)) return noNumber(trimmed);
  if (/[^0]/.test(decimals)) return refused("fraction", trimmed, ", which is not whole");
  const plain = digits.replaceAll(/\D/g, "").replace(/^0+/, "");
  if (plain.length > digitsMax) {
    return refused("too-large", trimmed, `. It may have at most ${digitsMax} digits`);
  }
  const value = Number(plain);
  return { ok: true, value: sign === "" || sign === "+" || value === 0 ? value : -value };
}

function twoMeanings(text: string, separator: string): ReadWholeNumber {
  const name = separator === "," ? "comma" : "point";
  const advice = `, whose ${name} is for thousands in some countries and for decimals in others. Write it without the ${name}`;
  return refused("ambiguous", text, advice);
}

function noNumber(text: string): ReadWholeNumber {
  const advice = /^[+-]?[\d.,]+e[+-]?\d+$/i.test(text)
    ? ". Write out all of its digits"
    : ". Write it with the digits 0 to 9 alone";
  return refused("not-a-number", text, advice);
}

function refused(fault: WholeNumberFault, text: string, advice: string): ReadWholeNumber {
  return { ok: false, fault, detail: `Expected a whole number; got ${quoted(text)}${advice}.` };
}
