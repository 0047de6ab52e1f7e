// Brings a database to the current schema. Processes that start together take turns.

import { Client } from "pg";
import { createOrm } from "./orm.ts";

/** Any constant will do, as long as nothing else in the same database locks it. */
const migrationLock = 7_215_308_114;

/**
 * Applies every migration that the database has not seen. Safe to call from several processes at once:
 * an advisory lock lets one of them do the work while the others wait for it.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const lock = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await lock.connect();
  try {
    await lock.query("select pg_advisory_lock($1)", [migrationLock]);
    const orm = await createOrm(databaseUrl);
    try {
      await orm.migrator.up();
    } finally {
      await orm.close();
    }
  } finally {
    await lock.end();
  }
}
