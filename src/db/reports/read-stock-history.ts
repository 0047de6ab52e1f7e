// Reads how a count went over a period, thinned to as many points as a chart can show.

import type { Pool } from "pg";

/** The count at the end of a slice of time, and the lowest it was within. */
export type HistoryPoint = { readonly at: Date; readonly units: number; readonly lowest: number };

/** A period of a level, as so many points at most. */
export type HistorySelection = {
  readonly levelId: number;
  readonly since: Date;
  readonly days: number;
  readonly pointsMax: number;
};

/**
 * The points, oldest first: every movement where there are few, else the slices of time in which something
 * moved, each at the moment of its last movement.
 */
export async function readStockHistory(
  pool: Pool,
  { levelId, since, days, pointsMax }: HistorySelection,
): Promise<HistoryPoint[]> {
  const { rows } = await pool.query<HistoryPoint>(
    `select at, units_after as units, units_after as lowest from movement
     where level_id = $1 and at >= $2 order by at, id limit $3`,
    [levelId, since, pointsMax + 1],
  );
  if (rows.length <= pointsMax) return rows;
  const sliceSeconds = Math.ceil((days * 86_400) / pointsMax);
  const sliced = await pool.query<HistoryPoint>(
    `select max(at) as at, (array_agg(units_after order by id desc))[1] as units,
       min(units_after) as lowest
     from movement where level_id = $1 and at >= $2
     group by floor(extract(epoch from at) / $3)
     order by 1`,
    [levelId, since, sliceSeconds],
  );
  return sliced.rows;
}

/** The count just before a moment: what the last movement before it left; null where there was none. */
export async function readUnitsBefore(
  pool: Pool,
  levelId: number,
  moment: Date,
): Promise<number | null> {
  const { rows } = await pool.query<{ units: number }>(
    `select units_after as units from movement where level_id = $1 and at < $2
     order by id desc limit 1`,
    [levelId, moment],
  );
  return rows[0]?.units ?? null;
}
