// Parses a whole number that somebody typed or pasted, in any common notation. A text that can't be read, or can be
// read in two ways, is refused with a reason. A number is never changed silently.

import { wholeNumber } from "./en/whole-number.ts";

/** The separators that a language uses in numbers. */
export type NumberStyle = {
  /** Between the thousands: "," in English, "." in German, a narrow space in French. */
  readonly group: string;
  /** Whether the groups above the thousands have two digits, as in India: 12,34,567. */
  readonly hasGroupsOfTwo: boolean;
};

/** The result. A fault is a sentence for the person who typed the text. */
export type WholeNumber =
  | { readonly kind: "empty" }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "fault"; readonly text: string };

/** Parses `text` in the language's notation, or in any other notation that has only one meaning. */
export function readWholeNumber(text: string, style: NumberStyle): WholeNumber {
  const plain = inPlainSigns(text);
  if (plain === "") return { kind: "empty" };
  const [, sign = "", digits] = /^([+-]?) ?(\d+(?:[.,' ٬٫]\d+)*)$/.exec(plain) ?? [];
  const read = digits === undefined ? "unclear" : readDigits(digits, style);
  if (typeof read === "number") {
    return { kind: "number", value: sign === "-" && read !== 0 ? -read : read };
  }
  return { kind: "fault", text: faultWords(text, sign, digits ?? "", read) };
}

/** Returns the style of a language, derived from a formatted number. */
export function numberStyleOf(format: Intl.NumberFormat): NumberStyle {
  const parts = format.formatToParts(1_234_567);
  const group = parts.find(({ type }) => type === "group")?.value ?? "";
  const groups = parts.filter(({ type }) => type === "integer");
  return {
    group: inPlainSigns(`1${group}1`).slice(1, -1),
    hasGroupsOfTwo: groups[1]?.value.length === 2,
  };
}

type Unread = "unclear" | "fraction" | "two-ways";

/** Reads digits with separators between them. */
function readDigits(digits: string, style: NumberStyle): number | Unread {
  const separators = digits.replaceAll(/\d/g, "");
  if (separators === "") return Number(digits);
  const last = separators.charAt(separators.length - 1);
  // The last separator can be a decimal one if no other is the same: 1.234,00.
  const canBeDecimal = ".,٫".includes(last) && separators.indexOf(last) === separators.length - 1;
  if (!canBeDecimal) return readGroups(digits, style);
  const at = digits.lastIndexOf(last);
  const whole = digits.slice(0, at);
  const decimals = digits.slice(at + 1);
  if (separators.length === 1 && last !== "٫") {
    if (isGrouped(digits, style))
      return last === style.group ? readGroups(digits, style) : "two-ways";
    // Wrongly grouped, or a fraction in another language.
    if (last === style.group) return "unclear";
  }
  const read = separators.length === 1 ? Number(whole) : readGroups(whole, style);
  return typeof read === "number" && /[1-9]/.test(decimals) ? "fraction" : read;
}

function readGroups(digits: string, style: NumberStyle): number | Unread {
  return isGrouped(digits, style) ? Number(digits.replaceAll(/\D/g, "")) : "unclear";
}

/** Whether all separators are the same and all groups have the right size. */
function isGrouped(digits: string, { hasGroupsOfTwo }: NumberStyle): boolean {
  const byThree = /^[1-9]\d{0,2}([.,' ٬])\d{3}(?:\1\d{3})*$/;
  const byTwo = /^[1-9]\d?(?:,\d{2})*,\d{3}$/;
  return byThree.test(digits) || (hasGroupsOfTwo && byTwo.test(digits));
}

/** The zeros of the scripts that are accepted. The digits 1 to 9 follow each in Unicode. */
const zeros = Array.from("０٠۰०০੦૦௦౦೦൦๐໐༠၀០", (zero) => zero.codePointAt(0) ?? 0);

/** Normalises digits, signs and separators, and removes invisible characters. */
function inPlainSigns(text: string): string {
  return text
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/\p{Nd}/gu, asciiDigit)
    .replaceAll(/[‐‑‒–−﹣－]/g, "-")
    .replaceAll("＋", "+")
    .replaceAll("，", ",")
    .replaceAll("．", ".")
    .replaceAll(/[’＇]/g, "'")
    .trim()
    .replaceAll(/\p{Zs}/gu, " ");
}

function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = zeros.find((candidate) => code >= candidate && code <= candidate + 9);
  return zero === undefined ? digit : String(code - zero);
}

function faultWords(text: string, sign: string, digits: string, unread: Unread): string {
  const shown = text.trim();
  const typed = shown.length > 40 ? `${shown.slice(0, 40)}…` : shown;
  if (unread === "fraction") return wholeNumber.fraction(typed);
  if (unread === "unclear") return wholeNumber.unclear(typed);
  const minus = sign === "-" ? "-" : "";
  const whole = `${minus}${digits.replaceAll(/\D/g, "")}`;
  const [before = "", decimals = ""] = digits.split(/\D/);
  const other = /[1-9]/.test(decimals) ? null : `${minus}${Number(before)}`;
  return wholeNumber.twoWays(typed, whole, other);
}
