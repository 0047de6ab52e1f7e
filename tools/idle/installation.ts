// An installation of one version that has nothing to do: its own PostgreSQL, maybe a Redis, and the service.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";
import { migrate } from "../../src/db/migrate.ts";
import { type Child, startChild } from "../child.ts";
import { startRedisServer } from "../redis-server.ts";
import { startThrowawayPostgres } from "../throwaway-postgres.ts";

/** What the queues run on. */
export type IdleQueue = "postgres" | "redis";

/** One process of the service, or a store. */
export type Part = { readonly name: string; readonly pid: number };

/** A running installation. */
export type IdleInstallation = {
  readonly parts: readonly Part[];
  /** How long each process took from its start until it was ready, in milliseconds, by its name. */
  readonly readyMs: Readonly<Record<string, number>>;
  readonly apiUrl: string;
  close(): Promise<void>;
};

/** The API key of the installations. */
export const idleKey = `tm_idlekey1_${"k".repeat(32)}`;

/** How often it is asked whether a process is ready, in milliseconds. */
const askEveryMs = 10;

/**
 * Starts an installation of the version in `folder`, which must be built. `isSplit` means two processes, an API and a
 * worker, instead of one. Every process is started twice: the first start may have to prepare the stores.
 */
export async function openIdleInstallation(
  folder: string,
  queue: IdleQueue,
  isSplit: boolean,
): Promise<IdleInstallation> {
  const data = mkdtempSync(join(tmpdir(), "tallyman-idle-"));
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.toReversed()) await closer();
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const postgres = await startThrowawayPostgres({});
    closers.push(() => postgres.stop());
    const redis = queue === "redis" ? await startRedisServer({ dir: data }) : undefined;
    if (redis === null) throw new Error("Expected redis-server on the PATH; there is none.");
    if (redis !== undefined) closers.push(() => redis.stop());
    await migrate(postgres.url);
    const environment = {
      DATABASE_URL: postgres.url,
      BOOTSTRAP_API_KEY: idleKey,
      REQUESTS_PER_SECOND_PER_KEY: "1000000",
      DATA_DIR: data,
      ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
    };
    const start = (name: string, roles: readonly string[]) =>
      startReady({ folder, data, name, roles, environment });
    const plan = isSplit
      ? [start.bind(null, "API", ["api"]), start.bind(null, "worker", ["worker"])]
      : [start.bind(null, "service", [])];
    const started = [];
    for (const startOne of plan) {
      await (await startOne()).child.stop();
      const one = await startOne();
      closers.push(() => one.child.stop());
      started.push(one);
    }
    const stores = [{ name: "PostgreSQL", pid: postgres.pid }];
    if (redis?.pid !== undefined) stores.push({ name: "Redis", pid: redis.pid });
    return {
      parts: [...started.map(({ name, child }) => ({ name, pid: child.pid })), ...stores],
      readyMs: Object.fromEntries(started.map(({ name, readyMs }) => [name, readyMs])),
      apiUrl: started[0]?.url ?? "",
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type Started = {
  readonly name: string;
  readonly child: Child;
  readonly url: string;
  readonly readyMs: number;
};

/** Starts a process, and resolves once it says that it is ready. */
async function startReady(what: {
  readonly folder: string;
  readonly data: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}): Promise<Started> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const begunAt = performance.now();
  const child = startChild({
    name: what.name,
    program: join(what.folder, "dist/main.js"),
    node: join(what.folder, "bin/tuned-node"),
    args: what.roles,
    environment: { ...what.environment, PORT: `${port}` },
    folder: what.data,
  });
  let hasEnded = false;
  void child.ended.then(() => (hasEnded = true));
  while (!(await isReady(url))) {
    if (hasEnded) await child.wrote(/there is no such line/);
    await pause(askEveryMs);
  }
  return { name: what.name, child, url, readyMs: performance.now() - begunAt };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
