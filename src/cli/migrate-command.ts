// Brings the configured database to this version's schema, once, before the processes start.

import { migrate } from "../db/migrate.ts";
import { withConfiguredDatabase } from "./configured-database.ts";

/** Migrates the database that the environment names, or else the embedded one. */
export function migrateCommand(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  return withConfiguredDatabase(environment, async (url, name) => {
    await migrate(url);
    process.stdout.write(`${name} is up to date.\n`);
  });
}
