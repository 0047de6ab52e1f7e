// Brings the configured database to this version's schema, once, before the processes start.

import { join, resolve } from "node:path";
import { readConfig } from "../config.ts";
import { startEmbeddedPostgres } from "../db/embedded/start-embedded-postgres.ts";
import { migrate } from "../db/migrate.ts";

/** Migrates the database that the environment names, or else the embedded one. */
export async function migrateCommand(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const config = readConfig(environment);
  if (config.DATABASE_URL !== undefined) {
    await migrate(config.DATABASE_URL);
    process.stdout.write("The database is up to date.\n");
    return;
  }
  const dataDir = resolve(join(config.DATA_DIR, "postgres"));
  const embedded = await startEmbeddedPostgres({ dataDir });
  try {
    await migrate(embedded.url);
    process.stdout.write(`The embedded database in ${dataDir} is up to date.\n`);
  } finally {
    await embedded.stop();
  }
}
