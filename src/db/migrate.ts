// Brings a database to the current schema. Processes that start together take turns.

import { advisoryLocks } from "./advisory-locks.ts";
import { createOrm } from "./orm.ts";
import { createClient, livingConnection } from "./pool.ts";

/**
 * Applies every migration that the database has not seen. Safe to call from several processes at once:
 * an advisory lock lets one of them do the work while the others wait for it.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const lock = createClient(databaseUrl, "tallyman-migrate", livingConnection);
  await lock.connect();
  try {
    await lock.query("select pg_advisory_lock($1)", [advisoryLocks.migration]);
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
