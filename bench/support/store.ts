// The database and queue store of one measurement, which no other uses, and the service's processes on them.

import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { Pool } from "pg";
import { createPool } from "../../src/db/sql/pool.ts";
import type { QueueBackend } from "../../src/queues/backend.ts";
import { createPostgresQueueBackend } from "../../src/queues/postgres-backend.ts";
import { createRedisBackend } from "../../src/queues/redis-backend.ts";
import { type Books, openBooks } from "./books.ts";
import { type Child, startChild } from "../../tools/child.ts";
import { type Laboratory, templateDatabase } from "./laboratory.ts";

/** The store of a measurement. */
export type Store = {
  readonly databaseUrl: string;
  readonly pool: Pool;
  readonly backend: QueueBackend;
  readonly books: Books;
  /** The settings with which a process finds this store. */
  readonly environment: Readonly<Record<string, string>>;
  /** Starts the service with the given role, and resolves when it runs. */
  startService(role: "api" | "worker", settings?: Readonly<Record<string, string>>): Promise<Child>;
  /** Starts one of the bench's own programs. */
  startProgram(program: string, args?: readonly string[]): Child;
};

/** The queue stores. */
export type StoreKind = "Redis" | "PostgreSQL";

/** The API key of the bench's services. */
export const apiKey = `tm_benchkey_${"k".repeat(32)}`;

const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
/** The launcher of `npm start`. Yardsticks use it too, so that they have the same flags. */
const node = fileURLToPath(new URL("../../bin/tuned-node", import.meta.url));
const programs = new URL("../processes/", import.meta.url);

/** Small, because this process is one more than production has. */
const poolMax = 3;

/** A database that is kept, or the template of one that is dropped at the end; the catalogue's if left out. */
export type Origin = { readonly database?: string | undefined; readonly template?: string };

/** Runs `work` on a store of its own, then stops the processes that it started and closes the store. */
export async function withStore<T>(
  lab: Laboratory,
  kind: StoreKind,
  work: (store: Store) => Promise<T>,
  { database, template = templateDatabase }: Origin = {},
): Promise<T> {
  const name = database ?? `bench_${randomBytes(6).toString("hex")}`;
  const server = createPool(lab.postgresUrl, poolOptions(1));
  const databaseUrl = new URL(`/${name}`, lab.postgresUrl).href;
  const children: Child[] = [];
  const started = (child: Child): Child => {
    children.push(child);
    return child;
  };
  if (database === undefined) {
    await server.query(`create database ${name} template ${template} strategy file_copy`);
  }
  const pool = createPool(databaseUrl, poolOptions(poolMax));
  const backend = await openBackend(lab, kind, databaseUrl);
  try {
    const environment = {
      DATABASE_URL: databaseUrl,
      BOOTSTRAP_API_KEY: apiKey,
      PORT: "0",
      REQUESTS_PER_SECOND_PER_KEY: "1000000",
      ...(kind === "Redis" && lab.redis !== null ? { REDIS_URL: lab.redis.url } : {}),
    };
    const { folder, profiles } = lab;
    return await work({
      databaseUrl,
      pool,
      backend,
      books: await openBooks(pool),
      environment,
      async startService(role, settings = {}) {
        const child = started(
          startChild({
            name: role,
            program: main,
            node,
            args: [role],
            environment: { ...environment, ...settings },
            folder,
            profiles,
          }),
        );
        await child.wrote(/Tallyman runs .*\n/);
        return child;
      },
      startProgram: (program, args = []) =>
        started(
          startChild({
            name: program,
            program: fileURLToPath(new URL(`${program}.ts`, programs)),
            node,
            args,
            environment,
            folder,
            profiles,
          }),
        ),
    });
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    await backend.close();
    await pool.end();
    if (database === undefined) await server.query(`drop database ${name} with (force)`);
    await server.end();
    await lab.redis?.clear();
  }
}

/** With a long limit for statements: the bench copies databases and stores many orders at once. */
const poolOptions = (max: number) =>
  ({ max, synchronousCommit: "on", statementMsMax: 600_000, onError }) as const;

/** Failed calls reject. Other errors of connections do not matter to a measurement. */
const onError = (): void => undefined;

async function openBackend(
  lab: Laboratory,
  kind: StoreKind,
  databaseUrl: string,
): Promise<QueueBackend> {
  if (kind === "PostgreSQL") return createPostgresQueueBackend({ databaseUrl, onError });
  if (lab.redis === null) throw new Error("Expected redis-server on the PATH; there is none.");
  const backend = createRedisBackend({
    address: { url: lab.redis.url },
    prefix: "tallyman",
    onError,
  });
  await backend.queues["process-order"].bull.waitUntilReady();
  return backend;
}
