// Schemas for texts in requests. Every text has a maximum length and only characters that can be stored.

import * as z from "zod";
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
