// Brings a database to the current schema. Processes that start together take turns.

import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import { advisoryLocks } from "./advisory-locks.ts";
import { createOrm } from "./orm.ts";
import { createClient, livingConnection } from "./sql/pool.ts";

/**
 * Applies every migration that the database has not seen. Safe to call from several processes at once:
 * an advisory lock lets one of them do the work while the others wait for it.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const lock = createClient(databaseUrl, "tallyman-migrate", livingConnection);
  await lock.connect();
  try {
    await waitForLock(lock);
    const orm = await createOrm(databaseUrl, livingConnection);
    try {
      await orm.migrator.up();
    } finally {
      await orm.close();
    }
  } finally {
    await lock.end();
  }
}

/** How often a process asks whether its turn has come. */
const retryMs = 200;

/**
 * Asks for the lock until it is free. A statement that waits for it would not do: an index that is created
 * concurrently waits for every statement in the database to end, and would wait for that one for ever.
 */
async function waitForLock(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>(
      "select pg_try_advisory_lock($1) as locked",
      [advisoryLocks.migration],
    );
    if (rows[0]?.locked === true) return;
    await pause(retryMs);
  }
}
