// The Redis of the measurements, as durable as in a deployment: an append-only file, synced every second.

import { connectToRedis, type RedisServer, startRedisServer } from "../../tools/redis-server.ts";

/** A running Redis that can be cleared. */
export type BenchRedis = RedisServer & {
  readonly version: string;
  /** Deletes all keys, so that a measurement does not slow the next one down. */
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
