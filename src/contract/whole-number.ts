// Whole numbers in requests. Whatever is wrong with one, the whole range is told.

import * as z from "zod";
import { grouped } from "./issue-words.ts";

/** A whole number of a JSON body. */
export function wholeNumber(min: number, max: number) {
  return z.int(rangeWords(min, max)).min(min).max(max);
}

/** A whole number that stands in an address, as text. */
export function wholeNumberText(min: number, max: number) {
  return z.coerce.number(rangeWords(min, max)).int().min(min).max(max);
}

function rangeWords(min: number, max: number): string {
  return `expected a whole number from ${grouped(min)} to ${grouped(max)}`;
}
