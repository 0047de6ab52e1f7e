// The laboratory: a whole installation on one machine, of which each part can be broken. Tests of faults and the storm
// run in it.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../src/db/migrate.ts";
import { type Program, type ProgramOptions, startProgram } from "./program.ts";
import { type LabPostgres, type LabRedis, startLabPostgres, startLabRedis } from "./stores.ts";

/** What the queues run on. */
export type QueueKind = "PostgreSQL" | "Redis";

/** An API key that every laboratory knows. It may do everything. */
export const labKey = `tm_labrkey1_${"k".repeat(32)}`;

/** A running installation. */
export type Lab = {
  readonly queue: QueueKind;
  readonly postgres: LabPostgres;
  /** Null if the queues run on PostgreSQL. */
  readonly redis: LabRedis | null;
  /** The folder for data and logs. It is deleted at the end. */
  readonly folder: string;
  /** The settings that each process gets. */
  readonly environment: Readonly<Record<string, string>>;
  /** Starts one more process. */
  start(
    role: Program["role"],
    options?: Partial<Pick<ProgramOptions, "killPoint" | "preload" | "main" | "environment">>,
  ): Promise<Program>;
  /** The processes that have not ended. */
  programs(): readonly Program[];
  /** The addresses of the APIs that have not ended. */
  apis(): readonly string[];
  /** Leads all proxies to the stores, where they are now, and ends every fault of the network. */
  heal(): void;
  /** Kills what runs, and deletes the folder, unless it is to be kept. */
  close(options?: { readonly keepFolder: boolean }): Promise<void>;
};

/** How a laboratory is opened. */
export type LabOptions = {
  readonly queue: QueueKind;
  /** The built program, `dist/main.js`. */
  readonly main: string;
  /** Settings for all processes. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Makes the schema of the database; by default that of this version. */
  readonly prepare?: (databaseUrl: string) => Promise<void>;
};

/**
 * Opens a laboratory: starts the stores and migrates the database. No process of Tallyman runs yet. Rejects if a store
 * can't be started.
 */
export async function openLab({
  queue,
  main,
  environment = {},
  prepare = migrate,
}: LabOptions): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), "tallyman-lab-"));
  const programs = new Set<Program>();
  const closers: (() => Promise<void>)[] = [];
  const close = async ({ keepFolder } = { keepFolder: false }): Promise<void> => {
    for (const program of programs) await program.kill();
    for (const closer of closers.toReversed()) await closer();
    if (!keepFolder) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  };
  try {
    const postgres = await startLabPostgres(folder);
    closers.push(() => postgres.close());
    const redis = queue === "Redis" ? await startLabRedis(folder) : null;
    if (redis !== null) closers.push(() => redis.close());
    await prepare(postgres.url());
    const common = { BOOTSTRAP_API_KEY: labKey, LOG_LEVEL: "info", ...environment };
    const living = () => [...programs].filter((program) => !program.hasEnded());
    return {
      queue,
      postgres,
      redis,
      folder,
      environment: common,
      async start(role, options = {}) {
        const program = await startProgram({
          main,
          ...options,
          role,
          folder,
          stores: { database: postgres.url(), redis: redis?.url() ?? null },
          environment: { ...common, ...options.environment },
        });
        programs.add(program);
        void program.ended.then(() => programs.delete(program));
        return program;
      },
      programs: living,
      apis: () => living().flatMap(({ role, url }) => (role === "api" ? [url] : [])),
      heal() {
        for (const program of programs) {
          program.database.leadTo(postgres.url());
          program.database.heal();
          if (redis !== null) program.redis?.leadTo(redis.url());
          program.redis?.heal();
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
