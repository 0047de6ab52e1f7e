// The measurements' own Redis, as durable as a deployment's: an append-only file, written every second.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Redis } from "ioredis";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";

/** A running Redis. */
export type RedisServer = {
  readonly url: string;
  readonly pid: number | undefined;
  readonly version: string;
  /** Forgets all keys, so that no measurement pays for another's. */
  clear(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts `redis-server` from the PATH. Resolves with null where there is none. */
export async function startRedis(folder: string): Promise<RedisServer | null> {
  const port = await findFreePort();
  const settings = {
    bind: "127.0.0.1",
    port: `${port}`,
    dir: folder,
    save: "",
    appendonly: "yes",
    appendfsync: "everysec",
    "maxmemory-policy": "noeviction",
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const server = spawn("redis-server", args, { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  try {
    await once(server, "spawn");
  } catch {
    return null;
  }
  process.on("exit", () => void server.kill("SIGKILL"));
  const url = `redis://127.0.0.1:${port}`;
  const client = await connect(url, server);
  const version = (await client.info("server")).match(/redis_version:(\S+)/)?.[1] ?? "unknown";
  return {
    url,
    pid: server.pid,
    version,
    async clear() {
      await client.flushall("SYNC");
    },
    async stop() {
      client.disconnect();
      server.kill("SIGTERM");
      await ended;
    },
  };
}

/** Connects once the server answers, within about five seconds. */
async function connect(url: string, server: ChildProcess): Promise<Redis> {
  const client = new Redis(url, {
    retryStrategy: (attempt) => (attempt < 100 ? 50 : null),
    maxRetriesPerRequest: null,
  });
  client.on("error", () => undefined);
  try {
    await client.ping();
    return client;
  } catch (error) {
    client.disconnect();
    server.kill("SIGKILL");
    throw new Error(`The bench's redis-server at ${url} does not answer.`, { cause: error });
  }
}
