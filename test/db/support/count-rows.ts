// Counts the rows and index entries that statements look at, by PostgreSQL's own statistics.

import type { Pool } from "pg";

/** Runs `work` on a pool of one connection, and resolves with how many rows its statements looked at. */
export async function countRows(pool: Pool, work: () => Promise<unknown>): Promise<number> {
  const before = await lookedAt(pool);
  await work();
  return (await lookedAt(pool)) - before;
}

async function lookedAt(pool: Pool): Promise<number> {
  // What this connection did is told when its statement ends, and not some seconds later.
  await pool.query("select pg_stat_force_next_flush()");
  const { rows } = await pool.query<{ count: number }>(
    `select (select coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables)::float8
       + (select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes)::float8 as count`,
  );
  return rows[0]?.count ?? 0;
}
