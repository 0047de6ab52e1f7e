// A `redis-server` for one run of the tests or the bench.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { findFreePort } from "../src/db/embedded/find-free-port.ts";

/** A running Redis. */
export type RedisServer = {
  readonly url: string;
  readonly pid: number | undefined;
  stop(): Promise<void>;
};

/**
 * Starts `redis-server` from the PATH on 127.0.0.1, on a free port unless `settings` name one. They are Redis's own, by
 * name. Resolves with null if there is no `redis-server`, and rejects if it does not answer.
 */
export async function startRedisServer(
  settings: Readonly<Record<string, string>>,
): Promise<RedisServer | null> {
  const port = settings["port"] ?? `${await findFreePort()}`;
  // A replica writes what it has copied. No server may leave that where another one would load it.
  const own = mkdtempSync(join(tmpdir(), "tallyman-redis-"));
  const removeOwn = () => rmSync(own, { recursive: true, force: true });
  const all = {
    dir: own,
    bind: "127.0.0.1",
    save: "",
    "maxmemory-policy": "noeviction",
    ...settings,
    port,
  };
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  const server = spawn("redis-server", args, { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  try {
    await once(server, "spawn");
  } catch {
    removeOwn();
    return null;
  }
  const kill = () => {
    server.kill("SIGKILL");
    removeOwn();
  };
  process.once("exit", kill);
  const url = `redis://127.0.0.1:${port}`;
  const stop = async () => {
    process.off("exit", kill);
    server.kill("SIGTERM");
    await ended;
    removeOwn();
  };
  try {
    (await connectToRedis(url)).disconnect();
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: server.pid, stop };
}

/** Connects to a Redis that may still be starting. Rejects if it does not answer within about 5 seconds. */
export async function connectToRedis(url: string): Promise<Redis> {
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
    const { host } = new URL(url);
    throw new Error(`Expected the Redis at ${host} to answer; it does not.`, { cause: error });
  }
}
