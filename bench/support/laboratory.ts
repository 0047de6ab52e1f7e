// The servers that all measurements of a run share: a PostgreSQL and, if `redis-server` is installed, a Redis. Both are
// as durable as in a deployment.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureDatabase } from "../../src/db/embedded/ensure-database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { createPool } from "../../src/db/sql/pool.ts";
import { startThrowawayPostgres } from "../../tools/throwaway-postgres.ts";
import type { Amounts } from "./amounts.ts";
import { createCatalogue } from "./catalogue.ts";
import type { Tool } from "./tool.ts";
import { type BenchRedis, startRedis } from "./redis-server.ts";

/** The servers and options of a run. */
export type Laboratory = {
  readonly amounts: Amounts;
  /** The PostgreSQL server, with a database for statements such as `create database`. */
  readonly postgresUrl: string;
  readonly postgresPid: number;
  readonly redis: BenchRedis | null;
  /** The folder for logs. It is deleted at the end. */
  readonly folder: string;
  /** The folder for profiles of the measured processes, or null. */
  readonly profiles: string | null;
  readonly missingTools: ReadonlySet<Tool>;
  /** Shows progress. */
  readonly report: (sentence: string) => void;
  close(): Promise<void>;
};

/** A migrated database with the catalogue and no orders. Every measurement gets a clone of it. */
export const templateDatabase = "bench_template";

/** A migrated database of which PostgreSQL has no statistics, as of every new store. */
export const emptyTemplateDatabase = "bench_empty";

/** Segments of PostgreSQL's write-ahead log, of 16 MB each, that it can use again. */
const logSegments = 64;

/** Starts the servers. If one can't be started, it stops the others and rejects. */
export async function openLaboratory(
  amounts: Amounts,
  profiles: string | null,
  report: (sentence: string) => void,
): Promise<Laboratory> {
  const folder = mkdtempSync(join(tmpdir(), "tallyman-bench-"));
  const removeLogs = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", removeLogs);
  const postgres = await startThrowawayPostgres({ min_wal_size: `${logSegments * 16}MB` });
  const redis = await startRedis(folder);
  const close = async (): Promise<void> => {
    await redis?.stop();
    await postgres.stop();
    process.off("exit", removeLogs);
    removeLogs();
  };
  try {
    await makeTemplate(postgres.url);
    await useUpLog(postgres.url);
  } catch (error) {
    await close();
    throw error;
  }
  const missingTools = findMissingTools(redis);
  return {
    amounts,
    postgresUrl: postgres.url,
    postgresPid: postgres.pid,
    redis,
    folder,
    profiles,
    missingTools,
    report,
    close,
  };
}

async function makeTemplate(postgresUrl: string): Promise<void> {
  const url = new URL(`/${templateDatabase}`, postgresUrl).href;
  await ensureDatabase(url);
  await migrate(url);
  const server = createPool(postgresUrl, {
    max: 1,
    synchronousCommit: "on",
    onError: () => undefined,
  });
  await server.query(`create database ${emptyTemplateDatabase} template ${templateDatabase}`);
  await server.end();
  const pool = createPool(url, { max: 1, synchronousCommit: "on", onError: () => undefined });
  await createCatalogue(pool);
  await pool.query("vacuum analyze");
  await pool.end();
}

/**
 * Makes segments of the write-ahead log that the server can use again, as one has that has run for a while. Without them
 * it fills a new segment with zeros after every 16 MB, and all writes wait for that.
 */
async function useUpLog(postgresUrl: string): Promise<void> {
  const pool = createPool(postgresUrl, {
    max: 1,
    synchronousCommit: "on",
    onError: () => undefined,
  });
  for (let segment = 0; segment < logSegments; segment += 1) {
    await pool.query("select pg_logical_emit_message(false, 'bench', '')");
    await pool.query("select pg_switch_wal()");
  }
  await pool.query("checkpoint");
  await pool.end();
}

function findMissingTools(redis: BenchRedis | null): ReadonlySet<Tool> {
  const missing = new Set<Tool>();
  if (redis === null) missing.add("redis-server");
  if (!existsSync("/proc/self/status")) missing.add("/proc");
  try {
    execFileSync("pgbench", ["--version"], { stdio: "ignore" });
  } catch {
    missing.add("pgbench");
  }
  return missing;
}
