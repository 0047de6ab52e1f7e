// The measurements' own Redis, as durable as a deployment's: an append-only file, written every second.

import { connectToRedis, type RedisServer, startRedisServer } from "../../tools/redis-server.ts";

/** A running Redis that can forget what a measurement left. */
export type BenchRedis = RedisServer & {
  readonly version: string;
  /** Forgets all keys, so that no measurement pays for another's. */
  clear(): Promise<void>;
};

/** Starts `redis-server` from the PATH. Resolves with null if there is none. */
export async function startRedis(folder: string): Promise<BenchRedis | null> {
  const server = await startRedisServer({
    dir: folder,
    appendonly: "yes",
    appendfsync: "everysec",
  });
  if (server === null) return null;
  const client = await connectToRedis(server.url);
  const version = (await client.info("server")).match(/redis_version:(\S+)/)?.[1] ?? "unknown";
  return {
    ...server,
    version,
    async clear() {
      await client.flushall("SYNC");
    },
    async stop() {
      client.disconnect();
      await server.stop();
    },
  };
}
