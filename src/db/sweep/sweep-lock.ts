// Makes sure that only one process of an installation sweeps at a time.

import type { Pool } from "pg";
import { advisoryLocks } from "../advisory-locks.ts";
import { inTransaction } from "../sql/transaction.ts";

/**
 * Runs `work` under the lock, or not at all if another process has it. `work` must call `confirm` at least every 10
 * seconds, the time after which PostgreSQL ends an idle transaction of the pool, and with it the lock. So if the process
 * with the lock is frozen or its machine is gone, the others can sweep again after this time. `confirm` rejects if the
 * lock is lost.
 */
export async function withSweepLock(
  pool: Pool,
  work: (confirm: () => Promise<void>) => Promise<void>,
): Promise<void> {
  await inTransaction(pool, async ({ sql }) => {
    const [lock] = await sql<{ locked: boolean }>(
      "select pg_try_advisory_xact_lock($1) as locked",
      [advisoryLocks.sweep],
    );
    if (lock?.locked !== true) return;
    await work(async () => {
      await sql("select 1");
    });
  });
}
