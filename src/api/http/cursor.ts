// Cursors: where a page of a list ended. To clients they are opaque. Each names its list, with its order and
// filters: one of another list would be read as if it were this one's, and skip entries in silence.

import { hash } from "node:crypto";
import * as z from "zod";
import { Problem } from "./problem.ts";

/** What cursors of a list hold, and what makes it this list: its name, its order, its filters. */
export type CursorList<Keys extends z.ZodTuple> = {
  readonly keys: Keys;
  readonly list: readonly (string | number | boolean | null | undefined)[];
};

/** Reads where the page before ended; undefined for the first page. Throws a 422 problem of any other cursor. */
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

/** Makes the cursor of the page that starts after these values. */
export function writeCursor<Keys extends z.ZodTuple>(
  { list }: CursorList<Keys>,
  values: z.output<Keys>,
): string {
  return Buffer.from(JSON.stringify([markOf(list), ...values])).toString("base64url");
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

const written = z.tuple([z.string()], z.unknown());

/** Eight characters by which lists differ. No secret: whoever forges one gets another page, no other rights. */
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
