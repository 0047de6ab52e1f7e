// Finds where a month of the ledger ends, and what is against closing it. Times of movements have no index. Ids ascend with
// them, but for transactions that ran beside each other, so some thirty looks find the place.

import type { Pool } from "pg";
import {
  type LedgerMonth,
  monthAt,
  type Unclosable,
  whyUnclosable,
} from "../../domain/ledger/ledger-month.ts";

/** A stretch of the ledger: the movements with ids after `after`, up to `upTo`. The numbers are decimal. */
export type Stretch = { readonly after: string; readonly upTo: string };

/** A month that can be closed. `previous` is the digest of the file of the month before; null for the first one. */
export type OpenMonth = Stretch & {
  readonly name: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly movements: number;
  readonly levels: number;
  readonly sales: number;
  readonly previous: string | null;
};

/** How much earlier than its id a movement's time may be, in milliseconds. No transaction of the service lasts as long. */
const marginMs = 60_000;

/**
 * How many movements are looked at to tell a wrong time, such as one of 2031, from the next month: the month goes on if a
 * movement of it is among those that follow.
 */
const followers = 1_000;

/** Finds the month's stretch, or why it can't be closed now. */
export async function findMonth(
  pool: Pool,
  month: LedgerMonth,
  now: Date,
): Promise<OpenMonth | Unclosable> {
  const { after, closed, previous } = await readLastClosed(pool);
  const lastClosed = closed === null ? null : monthAt(closed);
  const firstAt = await firstTime(pool, after, lastClosed?.ends ?? null);
  const against = whyUnclosable(month, { firstAt, lastClosed }, now);
  if (against !== null) return against;
  const upTo = await placeOfEnd(pool, after, month);
  const { rows } = await pool.query<
    Pick<OpenMonth, "movements" | "levels" | "sales"> & {
      firstAt: Date | null;
      lastAt: Date | null;
      beginning: string;
    }
  >(
    `select count(*) as movements, count(distinct level_id)::integer as levels, min(at) as "firstAt",
       max(at) filter (where at < $3) as "lastAt", count(*) filter (where kind = 'sale') as sales, (select events_after::text from retention) as beginning
     from movement where id + 0 > $1::bigint and id + 0 <= $2::bigint`,
    [after, upTo, month.ends],
  );
  const [row] = rows;
  if (row === undefined || row.firstAt === null || row.lastAt === null) return { kind: "empty" };
  const { beginning, firstAt: first, lastAt, movements, levels, sales } = row;
  if (BigInt(beginning) < BigInt(upTo)) return { kind: "in-feed", beginning, place: upTo };
  const counts = { movements, levels, sales };
  return { name: month.name, after, upTo, firstAt: first, lastAt, ...counts, previous };
}

async function readLastClosed(pool: Pool) {
  const { rows } = await pool.query<{
    after: string;
    closed: Date | null;
    previous: string | null;
  }>(
    `select coalesce(max(up_to), 0)::text as after, max(month)::timestamp at time zone 'UTC' as closed,
       (array_agg(digest order by up_to desc))[1] as previous from closed_month`,
  );
  return rows[0] ?? { after: "0", closed: null, previous: null };
}

/**
 * The time with which the open part of the ledger begins: of its first movement, or an earlier one of those that follow, but
 * none before `from`. Null if there is none.
 */
async function firstTime(pool: Pool, after: string, from: Date | null): Promise<Date | null> {
  const { rows } = await pool.query<{ at: Date | null }>(
    `select min(at) filter (where nth = 1 or at >= coalesce($2::timestamptz, '-infinity')) as at from (
       select at, row_number() over (order by id + 0) as nth from movement where id + 0 > $1::bigint
       order by id + 0 limit ${followers}) m`,
    [after, from],
  );
  return rows[0]?.at ?? null;
}

/** The time of the first movement after an id; null if there is none. */
async function timeAfter(pool: Pool, id: string): Promise<Date | null> {
  const { rows } = await pool.query<{ at: Date }>(
    "select at from movement where id + 0 > $1::bigint order by id + 0 limit 1",
    [id],
  );
  return rows[0]?.at ?? null;
}

/** The last id before the first movement that was written after the month; the last one of all if there is none. */
async function placeOfEnd(
  pool: Pool,
  after: string,
  { begins, ends }: LedgerMonth,
): Promise<string> {
  const { rows } = await pool.query<{ last: string }>(
    `select coalesce((select id from movement where id + 0 > $1::bigint order by id + 0 desc limit 1), $1::bigint)::text
       as last`,
    [after],
  );
  const last = BigInt(rows[0]?.last ?? after);
  const surelyBefore = new Date(ends.getTime() - marginMs);
  let [before, upTo] = [BigInt(after), last];
  while (before < upTo) {
    const middle = (before + upTo) / 2n;
    const at = await timeAfter(pool, String(middle));
    if (at !== null && at < surelyBefore) before = middle + 1n;
    else upTo = middle;
  }
  const { rows: next } = await pool.query<{ place: string }>(
    `select coalesce((select id from movement where id + 0 < next.id order by id + 0 desc limit 1), 0)::text as place
     from (select id from movement m where id + 0 > $1::bigint and at >= $2 and not exists (
         select from (select at from movement f where f.id + 0 > m.id order by f.id + 0 limit ${followers}) f
         where f.at >= $3 and f.at < $2)
       order by id + 0 limit 1) next`,
    [String(before), ends, begins],
  );
  return next[0]?.place ?? String(last);
}
