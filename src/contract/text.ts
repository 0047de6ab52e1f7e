// Schemas for texts in requests. Every text has a maximum length and only characters that can be stored.

import * as z from "zod";
import { comparedText, invisibleIn, visibleText } from "../domain/compared-text.ts";
import { grouped } from "./issue-words.ts";

/** No control characters, no line separators, and no halves of surrogate pairs, which UTF-8 can't encode. */
export const printable = /^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u;

/** Text that PostgreSQL can store: no NUL, no halves of surrogate pairs. */
export const storableText = /^[^\0\p{Cs}]*$/u;

/** Text of any number of lines, up to `max` characters in all. */
export function freeText(max: number) {
  return z
    .string(`expected text of at most ${grouped(max)} characters`)
    .max(max)
    .regex(storableText, "expected text without NUL and without half characters");
}

/** One line of text of 1 to `max` characters that doesn't begin or end with a space. */
export function lineOfText(max: number) {
  return z
    .string(`expected text of 1 to ${max} characters`)
    .min(1, `expected 1 to ${max} characters`)
    .max(max, `expected 1 to ${max} characters`)
    .regex(printable, "expected one line without control characters")
    .regex(/^\S(?:.*\S)?$/u, "expected no space at the beginning or the end");
}

/**
 * A SKU, a reference, or another text that names one thing. It is read in the form in which it is compared: in NFC and
 * without blanks around it. An invisible character is refused, and the message has its code point.
 */
export function identifierText(max: number) {
  return z
    .string(`expected text of 1 to ${max} characters`)
    .overwrite(comparedText)
    .min(1, `expected 1 to ${max} characters`)
    .max(max, `expected 1 to ${max} characters`)
    .regex(visibleText, { error: ({ input }) => unseenWords(input) });
}

/** A name on one line that must not look like another one: without invisible characters. */
export function visibleName(max: number) {
  return lineOfText(max).regex(visibleText, { error: ({ input }) => unseenWords(input) });
}

function unseenWords(text: unknown): string {
  const found = typeof text === "string" ? invisibleIn(text) : null;
  if (found === null) return "expected one line without control characters";
  return `expected only characters that can be seen, and plain spaces between them; this has ${found}: type it again without it`;
}
