// Lists are read page by page: `?limit&cursor` -> `{ data, nextCursor }`. A cursor is opaque to clients.

import * as z from "zod";
import { Problem } from "./problem.ts";

/** The query parameters of every list; spread into a list's own query schema. */
export const pageQuery = {
  limit: z.coerce
    .number("expected a whole number from 1 to 200")
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: "How many entries a page holds at most." }),
  cursor: z
    .string()
    .max(500)
    .optional()
    .meta({ description: "The `nextCursor` of the page before; leave it out for the first page." }),
};

/** The body of a page. */
export function pageOf<T extends z.ZodType>(entry: T) {
  return z.object({ data: z.array(entry), nextCursor: z.string().nullable() });
}

/** Makes a cursor of the values that the next page starts after. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/** Reads a cursor made by `encodeCursor`. Throws a 422 problem where it is not one. */
export function decodeCursor<T extends z.ZodType>(schema: T, cursor: string): z.output<T> {
  const parsed = schema.safeParse(jsonOf(Buffer.from(cursor, "base64url").toString()));
  if (parsed.success) return parsed.data;
  throw new Problem("validation-failed", "The cursor can't be read.", {
    errors: [
      {
        pointer: "cursor",
        detail:
          "Expected the nextCursor of the page before, unchanged. Leave it out to start again.",
      },
    ],
  });
}

/**
 * Cuts a page out of rows that were read with one more than `limit`: that one only says whether another
 * page follows.
 */
export function cutPage<Row, Entry>(
  rows: readonly Row[],
  limit: number,
  toEntry: (row: Row) => Entry,
  cursorOf: (row: Row) => readonly (string | number)[],
): { data: Entry[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null;
  return { data: page.map(toEntry), nextCursor };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
