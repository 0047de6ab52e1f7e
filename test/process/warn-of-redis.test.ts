// What a process says of its Redis when it starts: a replica, a full one, one that evicts, and one with a login of its own.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, inject, it } from "vitest";
import { warnOfRedis } from "../../src/process/warn-of-redis.ts";
import { connectToRedis, type RedisServer, startRedisServer } from "../../tools/redis-server.ts";

let server: RedisServer | null = null;
const folder = mkdtempSync(join(tmpdir(), "tallyman-redis-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  await server?.stop();
  server = null;
});

/** A command of Redis and its arguments. */
type Command = readonly [string, ...string[]];

/** Starts a Redis, sends it commands, and resolves with the warnings about it. */
async function warnings(
  settings: Readonly<Record<string, string>>,
  commands: readonly Command[] = [],
  login = "",
): Promise<string[]> {
  server = await startRedisServer({ appendonly: "no", dir: folder, ...settings });
  const url = server?.url ?? "";
  const client = await connectToRedis(url);
  for (const [name, ...words] of commands) await client.call(name, ...words);
  client.disconnect();
  const found: string[] = [];
  const config = { REDIS_URL: url.replace("redis://", `redis://${login}`), QUEUE_PREFIX: "shop" };
  await warnOfRedis(
    { ...config, REDIS_CLUSTER_NODES: undefined },
    { warn: (sentence: unknown) => void found.push(String(sentence)) },
  );
  return found.map((sentence) => sentence.replace(new URL(url).host, "HOST"));
}

const forgets = expect.stringContaining("HOST forgets its data when it restarts");

describe.skipIf(inject("redisUrl") === null)("a start warns of a Redis that", () => {
  it("evicts keys", async () => {
    expect(await warnings({ "maxmemory-policy": "allkeys-lru" })).toEqual([
      expect.stringContaining(
        "its maxmemory-policy is allkeys-lru. Set maxmemory-policy noeviction",
      ),
      forgets,
    ]);
  });

  it("is full", async () => {
    expect(await warnings({}, [["config", "set", "maxmemory", "1"]])).toEqual([
      expect.stringMatching(/HOST takes no writes: OOM .* Raise its maxmemory/),
      forgets,
    ]);
  });

  it("has become a replica", async () => {
    expect(await warnings({}, [["replicaof", "127.0.0.1", "1"]])).toEqual([
      "HOST is a replica, which takes no writes. Name the primary in the address.",
      forgets,
    ]);
  });

  it("gives its login too few rights, and of none that has a login for the queues' keys alone", async () => {
    const mayRead: Command = [
      "acl",
      "setuser",
      "reader",
      "on",
      ">word",
      "~shop:*",
      "+@read",
      "+info",
      "+time",
    ];
    const mayAll: Command = ["acl", "setuser", "shop", "on", ">word", "~shop:*", "&*", "+@all"];
    expect(await warnings({ appendonly: "yes" }, [mayRead], "reader:word@")).toEqual([
      expect.stringMatching(/HOST takes no writes: NOPERM .* its user needs \+@all/),
    ]);
    await server?.stop();
    expect(await warnings({ appendonly: "yes" }, [mayAll], "shop:word@")).toEqual([]);
  });
});
