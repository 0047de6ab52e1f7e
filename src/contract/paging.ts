// The paging of all lists: `?limit&cursor` -> `{ data, nextCursor }`. A cursor is opaque to clients.

import * as z from "zod";
import { wholeNumberText } from "./whole-number.ts";

/** The query parameters of every list; spread into a list's own query schema. */
export const pageQueryShape = {
  limit: wholeNumberText(1, 200).default(50).meta({ description: "The most entries of a page." }),
  cursor: z.string().max(4_000).optional().meta({
    description: "The `nextCursor` of the previous page; leave it out for the first page.",
  }),
};

/** A page of entries. `nextCursor` is null on the last page. */
export function pageOf<T extends z.ZodType>(entry: T) {
  return z.object({ data: z.array(entry), nextCursor: z.string().nullable() });
}
