// One sweep at a time in the whole installation, however many processes there are.

import type { Pool } from "pg";
import { advisoryLocks } from "../advisory-locks.ts";
import { inTransaction } from "../sql/transaction.ts";

/**
 * How long the holder of the lock may be silent. PostgreSQL then ends its session, and with it the lock: a process
 * that is frozen, or whose machine has vanished, keeps the others from sweeping for no longer than this.
 */
const silentMax = "30s";

/**
 * Runs `work` under the lock, or not at all if another process holds it. `work` must call `confirm` at least every
 * 30 seconds; it rejects when the lock is lost.
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
