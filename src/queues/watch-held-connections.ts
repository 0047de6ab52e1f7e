// Checks the connections on which BullMQ listens for jobs. Nothing is queried on them, so nobody would notice that one is
// dead, or that its server has become a standby, which sends no notifications.

import type { Pool, PoolClient } from "pg";

/** The interval of the checks, in milliseconds. A connection that was checked out since the last one is left alone. */
const intervalMs = 15_000;

/** The channel on which BullMQ notifies its workers; the payload is the queue. */
const jobsChannel = "bullmq_jobs";

/** The connections of a pool on which BullMQ listens. */
export type HeldConnections = {
  /** Lets the worker look for jobs, as a notification for its queue would. */
  notify(queue: string): void;
};

/**
 * Checks the connections that stay checked out of the pool, until the pool ends. One whose server does not answer, or is
 * a standby, gets an error, and BullMQ replaces a connection that has one.
 */
export function watchHeldConnections(pool: Pool): HeldConnections {
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
  return {
    notify(queue) {
      for (const client of held.keys()) {
        client.emit("notification", { channel: jobsChannel, payload: queue });
      }
    },
  };
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
    // pg has destroyed the connection, and has emitted its error to whoever holds it.
  }
}
