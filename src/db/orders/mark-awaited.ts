// Notes on a pending order that somebody waits for it now.

import type { Pool } from "pg";

/** Marks a pending order as awaited. Resolves with false where it is not pending any more. */
export async function markAwaited(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update "order" set awaited = true where id = $1 and status = 'pending'`,
    [id],
  );
  return rowCount === 1;
}
