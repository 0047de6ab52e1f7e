// Starts, once for the whole run, what the tests run on: a PostgreSQL with a migrated template database,
// and a Redis where one can be had. Tests find them through `inject`.
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { ensureDatabase } from "../../src/db/embedded/ensure-database.ts";
import { startEmbeddedPostgres } from "../../src/db/embedded/start-embedded-postgres.ts";
import type { EmbeddedPostgres } from "../../src/db/embedded/start-embedded-postgres.ts";
import { migrate } from "../../src/db/migrate.ts";
import { templateDatabase } from "./database.ts";
import { startTestRedis } from "./redis-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The PostgreSQL of this run, as its superuser. Tests clone databases from its template. */
    postgresUrl: string;
    /** The Redis of this run, or null where none can be had. */
    redisUrl: string | null;
  }
}

/** Nothing here outlives the run, so nothing has to survive a crash of the machine. */
const settings = { fsync: "off", full_page_writes: "off" };

const withoutRedis =
  "\nThe tests on Redis were NOT run: REDIS_URL is not set and there is no redis-server on the PATH.\n" +
  "To have them run, install it (on Debian: apt-get install redis-server) or set REDIS_URL.\n\n";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres();
  const redis = await startTestRedis();
  project.provide("postgresUrl", postgres.url);
  project.provide("redisUrl", redis?.url ?? null);
  if (redis === null) process.stderr.write(withoutRedis);

  return async () => {
    await redis?.stop();
    await postgres.stop();
    if (redis === null) process.stderr.write(withoutRedis);
  };
}

/** A closed terminal ends a process without its exit handlers, unless somebody listens. */
const hangUp = () => process.exit(129);

/** A PostgreSQL on a new data folder, which is removed when it stops. */
async function startTestPostgres(): Promise<EmbeddedPostgres> {
  const dataDir = join(tmpdir(), `tallyman-tests-${randomBytes(6).toString("hex")}`);
  const server = await startEmbeddedPostgres({ dataDir, settings });
  const removeData = () => {
    // A server that was told to leave at once may still be writing; then removing is tried again.
    const options = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 };
    rmSync(server.clusterDir, options);
    rmSync(dataDir, options);
  };
  // At a Ctrl-C, vitest exits without a teardown, and the server would outlive it.
  const abandon = () => {
    process.kill(server.pid, "SIGQUIT");
    removeData();
  };
  process.once("exit", abandon);
  process.once("SIGHUP", hangUp);
  const stop = async () => {
    process.off("exit", abandon);
    process.off("SIGHUP", hangUp);
    await server.stop();
    removeData();
  };
  try {
    const template = new URL(`/${templateDatabase}`, server.url).href;
    await ensureDatabase(template);
    await migrate(template);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...server, stop };
}
