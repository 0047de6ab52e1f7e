// One sweep at a time in the whole installation, however many processes there are.

import type { Pool } from "pg";
import { advisoryLocks } from "../advisory-locks.ts";

/** Runs `work` under the lock, or not at all where another process holds it. */
export async function withSweepLock(pool: Pool, work: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  let broken = false;
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      "select pg_try_advisory_lock($1) as locked",
      [advisoryLocks.sweep],
    );
    if (rows[0]?.locked !== true) return;
    try {
      await work();
    } finally {
      await client.query("select pg_advisory_unlock($1)", [advisoryLocks.sweep]).catch(() => {
        broken = true;
      });
    }
  } finally {
    client.release(broken);
  }
}
