// The database that the environment names, or else the embedded one, for commands that need no service.

import { join, resolve } from "node:path";
import { readConfig } from "../config.ts";
import { startEmbeddedPostgres } from "../db/embedded/start-embedded-postgres.ts";

/** Runs `work` on the database. `name` is how it may be spoken of. An embedded one is stopped again. */
export async function withConfiguredDatabase<T>(
  environment: Readonly<Record<string, string | undefined>>,
  work: (url: string, name: string) => Promise<T>,
): Promise<T> {
  const config = readConfig(environment);
  if (config.DATABASE_URL !== undefined) return work(config.DATABASE_URL, "The database");
  const dataDir = resolve(join(config.DATA_DIR, "postgres"));
  const embedded = await startEmbeddedPostgres({ dataDir });
  try {
    return await work(embedded.url, `The embedded database in ${dataDir}`);
  } finally {
    await embedded.stop();
  }
}
