// One sweep at a time in the whole installation, however many processes there are.

import type { Pool } from "pg";

/** Any constant will do, as long as nothing else in the same database locks it. */
const sweepLock = 7_215_308_115;

/** Runs `work` under the lock, or not at all where another process holds it. */
export async function withSweepLock(pool: Pool, work: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  let broken = false;
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      "select pg_try_advisory_lock($1) as locked",
      [sweepLock],
    );
    if (rows[0]?.locked !== true) return;
    try {
      await work();
    } finally {
      await client.query("select pg_advisory_unlock($1)", [sweepLock]).catch(() => {
        broken = true;
      });
    }
  } finally {
    client.release(broken);
  }
}
