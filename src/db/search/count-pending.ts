// Counts the orders that wait to be decided, as far as it matters.

import type { Pool } from "pg";

/** The number of pending orders, at most `most`. */
export async function countPending(pool: Pool, most: number): Promise<number> {
  const { rows } = await pool.query<{ pending: number }>({
    name: "count-pending-for-search",
    text: `select count(*)::integer as pending from (
      select from "order" where status = 'pending' limit $1) pending`,
    values: [most],
  });
  return rows[0]?.pending ?? 0;
}
