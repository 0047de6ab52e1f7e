// Measures how much PostgreSQL writes into its write-ahead log for one order. A disk and every standby must take as much.

import type { Pool } from "pg";
import type { Laboratory } from "./laboratory.ts";

/** Begins to measure. What comes back reports the bytes for each item. */
export async function measureLog(
  lab: Laboratory,
  pool: Pool,
): Promise<(items: number) => Promise<void>> {
  const readPlace = async (): Promise<number> => {
    const { rows } = await pool.query<{ place: number }>(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::double precision as place`,
    );
    return rows[0]?.place ?? Number.NaN;
  };
  const from = await readPlace();
  return async (items) => {
    const bytes = Math.round(((await readPlace()) - from) / items);
    lab.report(`  write-ahead log for each: ${bytes.toLocaleString("en")} bytes`);
  };
}
