// What every measurement of a run shares: a PostgreSQL and, where one can be had, a Redis of its own, both with
// a deployment's durability.

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

/** The stage of a run. */
export type Laboratory = {
  readonly amounts: Amounts;
  /** The PostgreSQL server, at a database that is for orders to the server itself. */
  readonly postgresUrl: string;
  readonly postgresPid: number;
  readonly redis: BenchRedis | null;
  /** Where logs go. It is removed at the end. */
  readonly folder: string;
  /** Where profiles of the measured processes go, or null. */
  readonly profiles: string | null;
  readonly missingTools: ReadonlySet<Tool>;
  /** Tells whoever watches what is going on. */
  readonly tell: (sentence: string) => void;
  close(): Promise<void>;
};

/** The migrated database with a catalogue and no order, from which every measurement's is cloned. */
export const templateDatabase = "bench_template";

/** Segments of PostgreSQL's log, of 16 MB each, that are there to be used again. */
const logSegments = 64;

/** Starts the servers. Rejects, having stopped them again, where one can't be had. */
export async function openLaboratory(
  amounts: Amounts,
  profiles: string | null,
  tell: (sentence: string) => void,
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
    tell,
    close,
  };
}

async function makeTemplate(postgresUrl: string): Promise<void> {
  const url = new URL(`/${templateDatabase}`, postgresUrl).href;
  await ensureDatabase(url);
  await migrate(url);
  const pool = createPool(url, { max: 1, synchronousCommit: "on", onError: () => undefined });
  await createCatalogue(pool);
  await pool.query("vacuum analyze");
  await pool.end();
}

/**
 * Leaves the server with segments of its log to be used again, as a server has that has run for a while: one that
 * has none fills a new segment with zeros each 16 MB, and all who write wait for that.
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
