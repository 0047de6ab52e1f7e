// Looks after connections that BullMQ keeps for itself, to hear of jobs. Nothing is asked on them, so nobody would
// notice that one is dead, or that its server has become a standby, which hears of nothing any more.

import type { Pool, PoolClient } from "pg";

/** How often held connections are asked, in milliseconds; one that was taken since the last time is left alone. */
const intervalMs = 5_000;

/**
 * Asks the connections that stay checked out of the pool whether they live. BullMQ replaces a connection on which it
 * hears of an error, and so it does with one whose server takes no writes.
 */
export function watchHeldConnections(pool: Pool): void {
  const held = new Map<PoolClient, { isOld: boolean }>();
  pool.on("acquire", (client) => held.set(client, { isOld: false }));
  pool.on("release", (_error, client) => held.delete(client));
  const timer = setInterval(() => {
    if (pool.ended) clearInterval(timer);
    for (const [client, state] of held) {
      if (state.isOld) void check(client);
      state.isOld = true;
    }
  }, intervalMs).unref();
}

async function check(client: PoolClient): Promise<void> {
  try {
    const { rows } = await client.query<{ standby: boolean }>(
      "select pg_is_in_recovery() as standby",
    );
    if (rows[0]?.standby === true) {
      client.emit("error", new Error("This connection leads to a server that is a standby now."));
    }
  } catch {
    // pg has destroyed the connection, and told whoever holds it.
  }
}
