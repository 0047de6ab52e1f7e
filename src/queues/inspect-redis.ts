// Looks at a Redis for `tallyman doctor`: what its settings are, and whether it takes writes.

import { Redis } from "ioredis";
import type { RedisAddress } from "./redis-address.ts";

/** What was found at one server. */
export type RedisFacts = {
  /** Its host and port. */
  readonly at: string;
  readonly version: string;
  readonly policy: string;
  readonly isReplica: boolean;
  readonly keepsFile: boolean;
  readonly usedBytes: number;
  /** 0: no limit. */
  readonly maxBytes: number;
  /** Milliseconds since 1970 by its clock, and by this machine's at the same moment. */
  readonly clockMs: number;
  readonly hereMs: number;
  /** Why it took no write; null if it took one. */
  readonly writeRefusal: string | null;
};

/** How long connecting, and each command, may take, in milliseconds. */
const patienceMs = 5_000;

/** Asks a Redis, or each named node of a cluster. Writes one key that expires in a second. Rejects if one does not answer. */
export async function inspectRedis(address: RedisAddress, prefix: string): Promise<RedisFacts[]> {
  const limits = {
    lazyConnect: true,
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  };
  if ("url" in address) return [await inspect(new Redis(address.url, limits), prefix)];
  const { username, password } = address;
  return Promise.all(
    address.nodes.map((node) =>
      inspect(
        new Redis({
          ...limits,
          ...node,
          ...(username === undefined ? {} : { username }),
          ...(password === undefined ? {} : { password }),
          ...(address.tls === true ? { tls: {} } : {}),
        }),
        prefix,
      ),
    ),
  );
}

async function inspect(redis: Redis, prefix: string): Promise<RedisFacts> {
  let reason: Error | undefined;
  // The reason for a refused connection comes as an event; the command only says that the connection is closed.
  redis.on("error", (error: Error) => (reason = error));
  try {
    await redis.connect();
    const info = await redis.info();
    const beganMs = Date.now();
    const [seconds, microseconds] = await redis.time();
    const hereMs = (beganMs + Date.now()) / 2;
    return {
      at: `${redis.options.host}:${redis.options.port}`,
      version: fieldOf(info, "redis_version"),
      policy: fieldOf(info, "maxmemory_policy"),
      isReplica: fieldOf(info, "role") !== "master",
      keepsFile: fieldOf(info, "aof_enabled") === "1",
      usedBytes: Number(fieldOf(info, "used_memory")),
      maxBytes: Number(fieldOf(info, "maxmemory")),
      clockMs: Number(seconds) * 1_000 + Number(microseconds) / 1_000,
      hereMs,
      writeRefusal: await tryWrite(redis, `${prefix}:doctor`),
    };
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.disconnect();
  }
}

/** The value of a line of INFO; empty if there is none. */
function fieldOf(info: string, name: string): string {
  return new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(info)?.[1] ?? "";
}

async function tryWrite(redis: Redis, key: string): Promise<string | null> {
  try {
    await redis.set(key, "1", "PX", 1_000);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Another node of the cluster has that key.
    return error.message.startsWith("MOVED") ? null : error.message;
  }
}
