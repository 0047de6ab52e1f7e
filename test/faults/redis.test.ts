// Redis and the network to it, broken while orders come in. Every order is accepted all the same, and decided.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { startRedisServer } from "../../tools/redis-server.ts";
import { runTallyman } from "../cli/run-tallyman.ts";
import type { LabRedis } from "../../tools/lab/stores.ts";
import { type LabInUse, openLabInUse } from "../support/lab-in-use.ts";

/** Orders are accepted without Redis. A 409 tells one who waited that the units do not suffice. */
const accepting = [201, 202, 409];

describe("with the queue on Redis", () => {
  let use: LabInUse;
  let redis: LabRedis;

  beforeEach(async () => {
    use = await openLabInUse("Redis");
    if (use.lab.redis === null) throw new Error("Expected a laboratory with Redis.");
    ({ redis } = use.lab);
  });
  afterEach(() => use.lab.close());

  it("a network that falls silent, refuses or is slow loses nothing", async () => {
    const { lab, accepted, recovered } = use;
    const each = (fault: "silenceOld" | "silenceAll" | "refuse") => {
      for (const { redis: proxy } of lab.programs()) proxy?.[fault]();
    };
    each("silenceOld");
    await accepted(60);
    await recovered("old connections silent");
    each("silenceAll");
    await accepted(200);
    lab.heal();
    await recovered("nothing is carried");
    each("refuse");
    await accepted(60);
    lab.heal();
    await recovered("connections are refused");
    for (const { redis: proxy } of lab.programs()) proxy?.delay(20);
    await accepted(60);
    lab.heal();
    await recovered("20 ms late");
    expect((await use.proveAll(accepting)).confirmed).toBeGreaterThan(0);
  });

  it("a server that is killed, replaced, emptied, full or robbed of its lists loses nothing", async () => {
    const { lab, worker, accepted, recovered } = use;
    await redis.kill();
    await accepted(60);
    await redis.startAgain();
    lab.heal();
    await recovered("killed");

    await redis.client().flushall();
    await recovered("flushed");

    await redis.client().config("SET", "maxmemory", "1");
    await accepted(60);
    await redis.client().config("SET", "maxmemory", "0");
    await recovered("out of memory");

    worker.freeze();
    await accepted(60);
    const lists = ["wait", "active"].map((list) => `tallyman:orders:${list}`);
    expect(await redis.client().del(lists)).toBeGreaterThan(0);
    worker.wake();
    await recovered("lists lost");

    await redis.kill();
    rmSync(join(lab.folder, "redis", "appendonlydir"), { recursive: true });
    await redis.startAgain();
    lab.heal();
    await recovered("replaced by an empty one");
    expect((await use.proveAll(accepting)).confirmed).toBeGreaterThan(0);
  });

  it("a server that becomes a replica, or evicts jobs, loses nothing; doctor and readiness say so", async () => {
    const { api, worker, accepted, ready, recovered } = use;
    const doctor = async (): Promise<string> => {
      const environment = { DATABASE_URL: use.lab.postgres.url(), REDIS_URL: redis.url() };
      return (await runTallyman(["doctor"], environment).ended).stdout;
    };
    // Its primary does not exist, so it keeps its data, and takes no writes.
    await redis.client().replicaof("127.0.0.1", 1);
    await accepted(60);
    expect(await doctor()).toMatch(/is a replica, which takes no writes\.\s+Name the primary/);
    await ready(api, 200);
    await redis.client().replicaof("NO", "ONE");
    await recovered("a time as a replica");

    // A replica of an empty server has nothing any more when it is a primary again.
    const empty = await startRedisServer({});
    onTestFinished(() => empty?.stop());
    worker.freeze();
    await accepted(20);
    await redis.client().replicaof("127.0.0.1", new URL(empty?.url ?? "").port);
    await expect.poll(() => redis.client().dbsize()).toBe(0);
    worker.wake();
    await accepted(20);
    await redis.client().replicaof("NO", "ONE");
    await recovered("a time as a replica of an empty server");

    worker.freeze();
    await accepted(60);
    const stored = await redis.client().dbsize();
    await redis.client().config("SET", "maxmemory-policy", "allkeys-random");
    await redis.client().config("SET", "maxmemory", "1");
    await redis
      .client()
      .set("another", "key")
      .catch(() => undefined);
    await expect.poll(() => redis.client().dbsize()).toBeLessThan(stored / 2);
    worker.wake();
    await accepted(60);
    expect(await doctor()).toMatch(/deletes keys when its memory is full.*allkeys-random/);
    await ready(api, 200);
    await redis.client().config("SET", "maxmemory", "0");
    await redis.client().config("SET", "maxmemory-policy", "noeviction");
    await recovered("evicted jobs");
    expect(await swept(worker.url)).toBeGreaterThan(0);
    expect((await use.proveAll(accepting)).confirmed).toBeGreaterThan(0);
  });
});

/** How many orders a worker has announced again. */
async function swept(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const [, count = ""] = /^tallyman_swept_total\{queue="orders"\} (\d+)$/m.exec(text) ?? [];
  return Number(count);
}
