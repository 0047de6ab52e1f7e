// Marks a pending order that a request waits for.

import type { Pool } from "pg";

/** Marks a pending order as awaited. Resolves with false if it is no longer pending. */
export async function markAwaited(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update "order" set awaited = true where id = $1 and status = 'pending'`,
    [id],
  );
  return rowCount === 1;
}
