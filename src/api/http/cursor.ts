// Cursors: the place in a list at which a page ended, opaque to clients. Each contains a mark of its list, order and
// filters, because with a cursor of another list a page would skip entries without an error.

import { hash } from "node:crypto";
import * as z from "zod";
import { Problem } from "./problem.ts";

/** A list with cursors: the types of their values, and the list's name, order and filters. */
export type CursorList<Keys extends z.ZodTuple> = {
  readonly keys: Keys;
  readonly list: readonly (string | number | boolean | null | undefined)[];
};

/** The values at which the page before ended; undefined without a cursor. Throws a 422 problem if it is invalid. */
export function readCursor<Keys extends z.ZodTuple>(
  { keys, list }: CursorList<Keys>,
  cursor: string | undefined,
): z.output<Keys> | undefined {
  if (cursor === undefined) return undefined;
  const { success, data } = written.safeParse(jsonOf(Buffer.from(cursor, "base64url").toString()));
  if (!success) {
    throw unreadable("Expected the nextCursor of the page before, unchanged; this can't be read.");
  }
  const [mark, ...values] = data;
  if (mark !== markOf(list)) {
    throw unreadable(
      "Expected the nextCursor of a page of this list with the same sort and filters; this one is of another list, or of an older version of the service.",
    );
  }
  const parsed = keys.safeParse(values);
  if (parsed.success) return parsed.data;
  throw unreadable("Expected the nextCursor of the page before, unchanged; this one was changed.");
}

/** Returns the cursor of the page that starts after these values. */
export function writeCursor<Keys extends z.ZodTuple>(
  { list }: CursorList<Keys>,
  values: z.output<Keys>,
): string {
  return Buffer.from(JSON.stringify([markOf(list), ...values])).toString("base64url");
}

/**
 * Builds a page of at most `limit` entries. `rows` were read with `limit` + 1: the additional row only shows that
 * another page follows.
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

const written = z.tuple([z.string()], z.unknown());

/** Eight characters of a hash of the list. They are no protection: a forged cursor only leads to another page. */
function markOf(list: CursorList<z.ZodTuple>["list"]): string {
  return hash("sha256", JSON.stringify(list), "base64url").slice(0, 8);
}

function unreadable(detail: string): Problem {
  return new Problem("validation-failed", "The cursor can't be read.", {
    errors: [{ pointer: "cursor", detail: `${detail} Leave it out to start again.` }],
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
