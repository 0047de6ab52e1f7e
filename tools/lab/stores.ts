// The stores of a laboratory: a PostgreSQL and a Redis of its own, as durable as in a deployment, which can be killed
// and started again on the same data.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import type { Redis } from "ioredis";
import { startEmbeddedPostgres } from "../../src/db/embedded/start-embedded-postgres.ts";
import { connectToRedis, startRedisServer } from "../redis-server.ts";

/** A PostgreSQL that can be stopped at once. */
export type LabPostgres = {
  /** Its address now. It changes with each start. */
  url(): string;
  /** Ends all its processes at once, as a power cut does. What was committed is on the disk. */
  stopAtOnce(): Promise<void>;
  startAgain(): Promise<void>;
  /** Runs SQL on a connection of its own, past all proxies. */
  sql<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
};

/** A Redis that can be killed. */
export type LabRedis = {
  /** Its address now. It changes with each start. */
  url(): string;
  kill(): Promise<void>;
  startAgain(): Promise<void>;
  /** A client past all proxies, for commands such as FLUSHALL. It ends with the server. */
  client(): Redis;
  close(): Promise<void>;
};

/** Starts a PostgreSQL whose data is in `folder`. */
export async function startLabPostgres(folder: string): Promise<LabPostgres> {
  const options = { dataDir: join(folder, "postgres"), settings: { shared_buffers: "64MB" } };
  let server = await startEmbeddedPostgres(options);
  const abandon = (): void => {
    try {
      process.kill(server.pid, "SIGQUIT");
    } catch {
      // It was stopped at once, and not started again.
    }
  };
  process.once("exit", abandon);
  const stopAtOnce = async (): Promise<void> => {
    process.kill(server.pid, "SIGQUIT");
    while (isRunning(server.pid)) await sleep(10);
    // Lets go of the data folder.
    await server.stop();
  };
  return {
    url: () => server.url,
    stopAtOnce,
    async startAgain() {
      server = await startEmbeddedPostgres(options);
    },
    async sql<Row extends object>(text: string, values: readonly unknown[] = []) {
      const client = new Client({ connectionString: server.url });
      client.on("error", () => undefined);
      await client.connect();
      try {
        return (await client.query<Row>(text, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    async close() {
      process.off("exit", abandon);
      await server.stop();
    },
  };
}

/** Starts a Redis with an append-only file in `folder`. Rejects if there is no `redis-server`. */
export async function startLabRedis(folder: string): Promise<LabRedis> {
  const dir = join(folder, "redis");
  mkdirSync(dir, { recursive: true });
  const open = async () => {
    const server = await startRedisServer({ dir, appendonly: "yes", appendfsync: "everysec" });
    if (server === null) {
      throw new Error(
        "Expected redis-server on the PATH; there is none. On Debian: apt-get install redis-server.",
      );
    }
    return { server, client: await connectToRedis(server.url) };
  };
  let opened = await open();
  return {
    url: () => opened.server.url,
    async kill() {
      opened.client.disconnect();
      const { pid } = opened.server;
      if (pid !== undefined) process.kill(pid, "SIGKILL");
      await opened.server.stop();
    },
    async startAgain() {
      opened = await open();
    },
    client: () => opened.client,
    async close() {
      opened.client.disconnect();
      await opened.server.stop();
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
