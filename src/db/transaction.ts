// One transaction on the pool's hot path. It ends on every way out: no connection goes back to the pool
// in the middle of one.

import type { Pool, PoolClient } from "pg";

/**
 * Runs `work` in a transaction and commits. On any failure the transaction is rolled back, and a
 * connection whose state is unknown is destroyed instead of reused. When the connection breaks during
 * COMMIT the outcome is unknown: callers look at their rows again before they decide anything.
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failed: unknown) => {
      broken = failed instanceof Error ? failed : new Error(String(failed));
    });
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}
