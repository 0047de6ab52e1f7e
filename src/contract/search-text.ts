// What people type to find something.

import * as z from "zod";
import { printable } from "./text.ts";

/** The most characters of a search. */
export const searchLength = 200;

/** A search: words on one line. Blanks around it do not matter. */
export const searchTextSchema = z
  .string(`expected text of 1 to ${searchLength} characters`)
  .trim()
  .min(1, `expected 1 to ${searchLength} characters`)
  .max(searchLength, `expected 1 to ${searchLength} characters`)
  .regex(printable, "expected one line without control characters");
