// How far the feed's horizon is behind, and which connection holds it up.

import type { Pool } from "pg";

/** What holds the feed up. Without a writer at work all is zero, and `heldBy` is null. */
export type FeedDelay = {
  /** How many places readers can't read yet. */
  readonly places: number;
  /** How long the transaction that holds the horizon has lasted, in seconds. */
  readonly seconds: number;
  /** The process id of its database connection. */
  readonly heldBy: number | null;
};

/** Reads what holds the feed up now. */
export async function readFeedDelay(pool: Pool): Promise<FeedDelay> {
  const { rows } = await pool.query<FeedDelay>(
    `select (h.last_place - h.place)::float8 as places, h.held_by as "heldBy",
       coalesce(extract(epoch from clock_timestamp() - a.xact_start), 0)::float8 as seconds
     from feed_horizon() h left join pg_stat_activity a on a.pid = h.held_by`,
  );
  const [delay] = rows;
  if (delay === undefined) throw new Error("Expected one row of the feed's delay; got none.");
  return delay;
}

/** The feed is held up if one transaction holds its horizon for longer than this, in seconds. */
const heldUpSeconds = 10;

/** Throws an error that names the connection, if a transaction has held the feed up for longer than `secondsMax`. */
export async function requireFeedMoves(pool: Pool, secondsMax = heldUpSeconds): Promise<void> {
  const { seconds, heldBy } = await readFeedDelay(pool);
  if (seconds <= secondsMax) return;
  throw new Error(
    `The database connection with the process id ${heldBy} holds the feed up: its transaction has written events and is still open after ${secondsMax} s. End it with pg_terminate_backend if it is stuck.`,
  );
}
