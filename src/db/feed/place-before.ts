// Finds the place of a time in the feed. Times have no index, because each sale would have to write to it: places are in
// the order of time but for transactions that ran beside each other, so some thirty looks find it.

import type { Pool } from "pg";
import type { Horizon } from "./horizon.ts";

/**
 * How much later an event can have its place than its time says, in milliseconds: its transaction had begun before. No
 * transaction of the service lasts as long.
 */
const marginMs = 60_000;

/** A place such that all events of this time and later come after it. Those of the minute before may, too. */
export async function placeBefore(pool: Pool, horizon: Horizon, time: Date): Promise<string> {
  const from = new Date(time.getTime() - marginMs);
  let before = 0n;
  let after = BigInt(horizon.place);
  while (before < after) {
    const middle = (before + after) / 2n;
    const found = await nextAfter(pool, middle);
    // Nothing is between the middle and the event that was found.
    if (found !== null && found.at < from) before = max(BigInt(found.place), middle + 1n);
    else after = middle;
  }
  return String(min(before, BigInt(horizon.place)));
}

async function nextAfter(
  pool: Pool,
  place: bigint,
): Promise<{ readonly place: string; readonly at: Date } | null> {
  const { rows } = await pool.query<{ place: string; at: Date }>({
    name: "feed-next-after",
    text: `select id::text as place, at from (
        (select e.id, e.at from event e where e.id > $1::bigint order by e.id limit 1) union all
        (select m.id, m.at from movement m
          where m.id + 0 > $1::bigint and m.id + 0 > (select stock_changes_after from feed)
          order by m.id + 0 limit 1)) next
      order by next.id limit 1`,
    values: [String(place)],
  });
  return rows[0] ?? null;
}

const max = (one: bigint, other: bigint): bigint => (one > other ? one : other);
const min = (one: bigint, other: bigint): bigint => (one < other ? one : other);
