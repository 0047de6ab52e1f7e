// Starts, once for the whole run, what the tests run on: a PostgreSQL with a migrated template database,
// and a Redis if one can be had. Tests find them through `inject`.
import type { TestProject } from "vitest/node";
import { ensureDatabase } from "../../src/db/embedded/ensure-database.ts";
import type { EmbeddedPostgres } from "../../src/db/embedded/start-embedded-postgres.ts";
import { migrate } from "../../src/db/migrate.ts";
import { prepareSchema } from "../../src/queues/postgres-backend.ts";
import { connectToRedis, startRedisServer } from "../../tools/redis-server.ts";
import { startThrowawayPostgres } from "../../tools/throwaway-postgres.ts";
import { templateDatabase } from "./database.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The PostgreSQL of this run, as its superuser. Tests clone databases from its template. */
    postgresUrl: string;
    /** The Redis of this run, or null if none can be had. */
    redisUrl: string | null;
  }
}

/** Nothing here outlives the run, so nothing has to survive a crash of the machine. */
const settings = { fsync: "off", full_page_writes: "off" };

const withoutRedis =
  "\nThe tests on Redis were NOT run: REDIS_URL is not set and there is no redis-server on the PATH.\n" +
  "To have them run, install it (on Debian: apt-get install redis-server) or set REDIS_URL.\n\n";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis()]);
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

async function startTestPostgres(): Promise<EmbeddedPostgres> {
  const server = await startThrowawayPostgres(settings);
  // At a Ctrl-C, vitest exits without a teardown; a closed terminal would not even let exit handlers run.
  process.once("SIGHUP", hangUp);
  const stop = async () => {
    process.off("SIGHUP", hangUp);
    await server.stop();
  };
  try {
    const template = new URL(`/${templateDatabase}`, server.url).href;
    await ensureDatabase(template);
    await migrate(template);
    // The queues' tables, too: to make them takes a service longer than all else that it does when it starts.
    await prepareSchema(template);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...server, stop };
}

/** The Redis that REDIS_URL names, or else one that is started for this run. */
async function startTestRedis(): Promise<{ url: string; stop: () => Promise<void> } | null> {
  const given = process.env["REDIS_URL"];
  if (!given) return startRedisServer({ appendonly: "no" });
  (await connectToRedis(given)).disconnect();
  return { url: given, stop: () => Promise.resolve() };
}
