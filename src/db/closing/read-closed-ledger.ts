// Reads what of a level's ledger is gone with closed months.

import type { Pool } from "pg";

/** The end of the last month in which sales went, the count then, and how many sales went in all. */
export type ClosedLedger = {
  readonly before: Date;
  readonly units: number;
  readonly sales: number;
};

/** Reads it; null if the ledger has every movement. */
export async function readClosedLedger(pool: Pool, levelId: number): Promise<ClosedLedger | null> {
  const { rows } = await pool.query<ClosedLedger>({
    name: "read-closed-ledger",
    text: `select (month + interval '1 month') at time zone 'UTC' as before, units,
        (sum(removed) over ())::float8 as sales
      from closed_balance where level_id = $1 and removed > 0 order by month desc limit 1`,
    values: [levelId],
  });
  return rows[0] ?? null;
}
