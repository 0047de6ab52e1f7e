// Lists are read page by page: `?limit&cursor` -> `{ data, nextCursor }`. A cursor is opaque to clients.

import * as z from "zod";
import { wholeNumberText } from "./whole-number.ts";
import { type CursorList, writeCursor } from "./cursor.ts";

/** The query parameters of every list; spread into a list's own query schema. */
export const pageQuery = {
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

/**
 * Cuts a page out of rows that were read with one more than `limit`: that one only says whether another
 * page follows.
 */
export function cutPage<Row, Entry, Keys extends z.ZodTuple>(
  rows: readonly Row[],
  limit: number,
  toEntry: (row: Row) => Entry,
  list: CursorList<Keys>,
  keysOf: (row: Row) => z.output<Keys>,
): { data: Entry[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined ? writeCursor(list, keysOf(last)) : null;
  return { data: page.map(toEntry), nextCursor };
}
