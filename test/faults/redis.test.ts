// Redis and the network to it, broken while orders come in. Every order is accepted all the same, and decided.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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
});
