// Brings the configured database to this version's schema, once, before the processes start. That takes the rights
// of an owner; the processes then need only those of a user.

import { readConfig } from "../config.ts";
import { migrate } from "../db/migrate.ts";
import { prepareSchema } from "../queues/postgres-backend.ts";
import { withConfiguredDatabase } from "./configured-database.ts";

/** Migrates the database that the environment names, or else the embedded one. */
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
