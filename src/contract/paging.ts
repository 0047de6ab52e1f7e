// Lists are read page by page: `?limit&cursor` -> `{ data, nextCursor }`. A cursor is opaque to clients.

import * as z from "zod";
import { wholeNumberText } from "./whole-number.ts";

/** The query parameters of every list; spread into a list's own query schema. */
export const pageQueryShape = {
  limit: wholeNumberText(1, 200)
    .default(50)
    .meta({ description: "How many entries a page holds at most." }),
  cursor: z
    .string()
    .max(4_000)
    .optional()
    .meta({ description: "The `nextCursor` of the page before; leave it out for the first page." }),
};

/** The body of a page. */
export function pageOf<T extends z.ZodType>(entry: T) {
  return z.object({ data: z.array(entry), nextCursor: z.string().nullable() });
}
