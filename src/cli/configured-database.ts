// Opens the database of the settings, or the embedded one, for commands that need no running service.

import { join, resolve } from "node:path";
import type { MikroORM } from "@mikro-orm/postgresql";
import { readConfig } from "../config.ts";
import { requireCurrentSchema } from "../db/check-database.ts";
import { startEmbeddedPostgres } from "../db/embedded/start-embedded-postgres.ts";
import { withinCommand } from "../db/request-scope.ts";
import { createOrm } from "../db/orm.ts";
import { misspeltSettings } from "../process/misspelt-settings.ts";

/** Runs `work` on the database. `name` names it in messages. An embedded database is stopped afterwards. */
export async function withConfiguredDatabase<T>(
  environment: Readonly<Record<string, string | undefined>>,
  work: (url: string, name: string) => Promise<T>,
  { warnsOfNames = true } = {},
): Promise<T> {
  const config = readConfig(environment);
  const misspelt = warnsOfNames ? misspeltSettings(environment) : [];
  for (const sentence of misspelt) process.stderr.write(`${sentence}\n`);
  if (config.DATABASE_URL !== undefined) return work(config.DATABASE_URL, "The database");
  const dataDir = resolve(join(config.DATA_DIR, "postgres"));
  const embedded = await startEmbeddedPostgres({ dataDir });
  try {
    return await work(embedded.url, `The embedded database in ${dataDir}`);
  } finally {
    await embedded.stop();
  }
}

/** Runs `work` with an ORM on that database. Rejects if the database does not have this version's schema. */
export function withConfiguredOrm<T>(
  environment: Readonly<Record<string, string | undefined>>,
  work: (orm: MikroORM, name: string) => Promise<T>,
): Promise<T> {
  return withConfiguredDatabase(environment, async (url, name) => {
    const orm = await createOrm(url);
    try {
      await requireCurrentSchema(orm);
      const where = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
      return await withinCommand(() => work(orm, where));
    } finally {
      await orm.close();
    }
  });
}

/** Rejects if the database does not have this version's schema. */
export async function requireSchema(url: string): Promise<void> {
  const orm = await createOrm(url);
  try {
    await requireCurrentSchema(orm);
  } finally {
    await orm.close();
  }
}
