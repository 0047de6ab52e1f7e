// Makes sure that only one process of an installation sweeps at a time.

import type { Pool } from "pg";
import { advisoryLocks } from "../advisory-locks.ts";
import { inTransaction } from "../sql/transaction.ts";

/**
 * How long the process with the lock may send no statement. After that PostgreSQL ends its session, which releases the
 * lock. So if that process is frozen or its machine is gone, the others can sweep again after this time.
 */
const silentMax = "30s";

/**
 * Runs `work` under the lock, or not at all if another process has it. `work` must call `confirm` at least every 30
 * seconds; `confirm` rejects if the lock is lost.
 */
export async function withSweepLock(
  pool: Pool,
  work: (confirm: () => Promise<void>) => Promise<void>,
): Promise<void> {
  await inTransaction(pool, async ({ sql }) => {
    await sql(`set local idle_in_transaction_session_timeout = '${silentMax}'`);
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
