// `tallyman migrate`: migrates the database to this version's schema before the processes start. It needs the rights of
// the database's owner; the processes then need only those of a user.

import { readConfig } from "../config.ts";
import { migrate } from "../db/migrate.ts";
import { prepareSchema } from "../queues/postgres-backend.ts";
import { withConfiguredDatabase } from "./configured-database.ts";

/** Migrates the database of the settings, or else the embedded one. */
export function migrateCommand(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { REDIS_URL, REDIS_CLUSTER_NODES } = readConfig(environment);
  const queuesOnPostgres = REDIS_URL === undefined && REDIS_CLUSTER_NODES === undefined;
  return withConfiguredDatabase(environment, async (url, name) => {
    await migrate(url);
    if (queuesOnPostgres) await prepareSchema(url);
    process.stdout.write(`${name} is up to date.\n`);
  });
}
