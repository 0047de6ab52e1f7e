// Reads the history of a count for a chart, thinned to the points that the chart can show.

import type { Pool } from "pg";
import { ledgerSince } from "../stock/ledger-since.ts";

/** The count at the end of a slice of time, and the lowest count within it. */
export type HistoryPoint = { readonly at: Date; readonly units: number; readonly lowest: number };

/** The last `days` days of a level, which begin at `since`, as at most `pointsMax` points. */
export type HistorySelection = {
  readonly levelId: number;
  readonly since: Date;
  readonly days: number;
  readonly pointsMax: number;
};

/**
 * Reads the points, oldest first. If there are few movements, each is a point. Else the period is cut into slices of
 * time, and each slice with a movement is a point at its last movement.
 */
export async function readStockHistory(
  pool: Pool,
  { levelId, since, days, pointsMax }: HistorySelection,
): Promise<HistoryPoint[]> {
  const { rows } = await pool.query<HistoryPoint>(
    `with recursive ${ledgerSince("select $1::integer, $2::timestamptz")}
     select m.at, m.units_after as units, m.units_after as lowest
     from ledger_since s cross join lateral (
       select * from movement m where m.level_id = s.level_id and m.id >= s.id order by m.id limit $3) m`,
    [levelId, since, pointsMax + 1],
  );
  if (rows.length <= pointsMax) return rows;
  const sliceSeconds = Math.ceil((days * 86_400) / pointsMax);
  return readSlices(pool, levelId, since, sliceSeconds);
}

/**
 * Sales only take units. So the lowest count of a slice is its last one, or one before or after a movement of another
 * kind. Those have an index of their own, so the sales between them need not be read.
 */
async function readSlices(
  pool: Pool,
  levelId: number,
  since: Date,
  sliceSeconds: number,
): Promise<HistoryPoint[]> {
  const beginnings = `select $1::integer, greatest($2::timestamptz, to_timestamp(slice * $3::bigint))
    from generate_series(floor(extract(epoch from $2::timestamptz) / $3)::bigint,
      floor(extract(epoch from now()) / $3)::bigint) slice`;
  const within = "m.level_id = s.level_id and m.id >= s.low and m.id < s.high";
  const { rows } = await pool.query<HistoryPoint>(
    `with recursive ${ledgerSince(beginnings)},
     slice as (
       select level_id, id as low, lead(id, 1, 9223372036854775807) over (order by moment) as high
       from ledger_since
     )
     select last.at, last.units_after as units, least(last.units_after, other.lowest) as lowest
     from slice s
       cross join lateral (
         select m.at, m.units_after from movement m where ${within} order by m.id desc limit 1) last
       cross join lateral (select min(m.id) as id from movement m where ${within}) first
       cross join lateral (
         -- The count before the first movement belongs to the slice before.
         select min(least(m.units_after,
           case when m.id > first.id then m.units_after - m.change end)) as lowest
         from movement m where ${within} and m.kind <> 'sale') other
     order by s.low`,
    [levelId, since, sliceSeconds],
  );
  return rows;
}

/** Reads the count just before a moment, which is that after the last movement before it; null if there was none. */
export async function readUnitsBefore(
  pool: Pool,
  levelId: number,
  moment: Date,
): Promise<number | null> {
  const { rows } = await pool.query<{ units: number }>(
    `with recursive ${ledgerSince("select $1::integer, $2::timestamptz")}
     select m.units_after as units
     from ledger_since s cross join lateral (
       select * from movement m where m.level_id = s.level_id and m.id < s.id order by m.id desc limit 1) m`,
    [levelId, moment],
  );
  return rows[0]?.units ?? null;
}
