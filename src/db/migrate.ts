// Migrates a database to the current schema. Of several processes that start together, one does it.

import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import { advisoryLocks } from "./advisory-locks.ts";
import { createOrm } from "./orm.ts";
import { createClient, livingConnection } from "./sql/pool.ts";

/**
 * Applies every migration that the database lacks. Several processes may call it at once: an advisory lock makes the
 * others wait for the first. It has no time limit. Rejects with the failure of the connection or of a migration; the
 * migrations before that one stay applied.
 */
export function migrate(databaseUrl: string): Promise<void> {
  return whileMigrating(databaseUrl, (apply) => apply());
}

/** Applies the migrations that are missing: those of a list, or all. */
export type Apply = (names?: readonly string[]) => Promise<void>;

/**
 * Runs `work` while no other process migrates the database. Each process that starts on the embedded database waits
 * for it, too.
 */
export async function whileMigrating<T>(
  databaseUrl: string,
  work: (apply: Apply) => Promise<T>,
): Promise<T> {
  const lock = createClient(databaseUrl, "tallyman-migrate", livingConnection);
  await lock.connect();
  try {
    await waitForLock(lock);
    return await work((names) => applyMissing(databaseUrl, names));
  } finally {
    await lock.end();
  }
}

async function applyMissing(databaseUrl: string, names?: readonly string[]): Promise<void> {
  const orm = await createOrm(databaseUrl, livingConnection);
  try {
    await orm.migrator.up(names === undefined ? {} : { migrations: [...names] });
  } finally {
    await orm.close();
  }
}

/** How often a waiting process tries to lock, in milliseconds. */
const retryMs = 200;

/**
 * Tries to lock until it succeeds. It must not wait inside one statement: the creation of an index concurrently waits
 * for all statements in the database, so it would wait for that one forever.
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
