// Schemas for whole numbers in requests. Every message names the whole range.

import * as z from "zod";
import { grouped } from "./issue-words.ts";

/** A whole number of a JSON body. */
export function wholeNumber(min: number, max: number) {
  return z.int(rangeWords(min, max)).min(min).max(max);
}

/** A whole number in an address, as text. */
export function wholeNumberText(min: number, max: number) {
  return z.coerce.number(rangeWords(min, max)).int().min(min).max(max);
}

function rangeWords(min: number, max: number): string {
  return `expected a whole number from ${grouped(min)} to ${grouped(max)}`;
}
