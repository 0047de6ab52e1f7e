// Makes sure that only one process of an installation sweeps at a time.

import type { Pool } from "pg";
import { advisoryLocks } from "../advisory-locks.ts";
import { inTransaction } from "../sql/transaction.ts";

/** How long the lock counts as confirmed, in milliseconds: a tenth of the time after which an idle transaction ends. */
const confirmedMs = 1_000;

/**
 * Runs `work` under the lock, or not at all if another process has it. `work` must call `confirm` at least every 9
 * seconds. PostgreSQL ends an idle transaction of the pool after 10, and with it the lock, and a call within a second of
 * the last confirmation asks nothing. So if the process with the lock is frozen or its machine is gone, the others can
 * sweep again after 10 seconds. `confirm` rejects if the lock is lost.
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
    let confirmedAt = performance.now();
    await work(async () => {
      if (performance.now() - confirmedAt < confirmedMs) return;
      await sql("select 1");
      confirmedAt = performance.now();
    });
  });
}
