// How far the feed is complete. Places are handed out before their transactions commit, so "everything up to place n"
// may still grow. Each transaction that writes announces the last place before its own, as a lock that others can see.

import type { Pool } from "pg";

/** How far the feed is complete. Places are decimal numbers as text. */
export type Horizon = {
  /** The last place of the complete feed: nothing can be added up to it. */
  readonly place: string;
  /** The last place that was handed out. Without writers at work it is the same as `place`. */
  readonly lastPlace: string;
  /** The process id of the database connection whose transaction holds the horizon, or null if none does. */
  readonly heldBy: number | null;
};

/**
 * Reads the horizon. Everything up to its place is visible to each later statement. Only transactions that write to the
 * feed hold it: neither a long read nor the transactions of other programs and databases do.
 */
export async function readHorizon(pool: Pool): Promise<Horizon> {
  const { rows } = await pool.query<Horizon>({
    name: "feed-horizon",
    text: `select place::text as place, last_place::text as "lastPlace", held_by as "heldBy" from feed_horizon()`,
  });
  const [horizon] = rows;
  if (horizon === undefined) throw new Error("Expected one row of the feed's horizon; got none.");
  return horizon;
}

/**
 * The place of an event whose id an earlier version gave out: that of its transaction, a hyphen and its own. Events were
 * read in the order of transactions then, so this is the place before the first one that such a reader has not read. It
 * reads the whole table, once for each reader.
 */
export async function placeOfEarlierId(pool: Pool, id: string): Promise<string> {
  const [transaction, own] = id.split("-");
  const { rows } = await pool.query<{ place: string | null }>(
    "select (min(id) - 1)::text as place from event where (tx, id) > ($1::xid8, $2::bigint)",
    [transaction, own],
  );
  return rows[0]?.place ?? own ?? "0";
}
