// Programs that follow the feed while everything is killed, once each. In the end each has an exact copy.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Lab } from "../../tools/lab/lab.ts";
import { prove } from "../../tools/lab/prove.ts";
import { startTcpProxy, type TcpProxy } from "../../tools/lab/tcp-proxy.ts";
import { findDifferences } from "../support/feed-copy.ts";
import {
  allCaughtUp,
  allReadOn,
  type FeedReader,
  readPages,
  readStream,
  readWithClient,
} from "../support/feed-readers.ts";
import { startFeedWriters } from "../support/feed-writers.ts";
import { startLoad } from "../support/lab-load.ts";
import { openTestLab } from "../support/lab.ts";

const patience = { timeout: 150_000, interval: 50 };

let lab: Lab;
/** The address that readers use. It stays while APIs come and go, as a load balancer's does. */
let door: TcpProxy;
let readers: readonly FeedReader[];

beforeEach(async () => {
  lab = await openTestLab("Redis");
  const api = await lab.start("api");
  await lab.start("worker");
  door = await startTcpProxy(api.url);
  readers = [readPages(door.url), readStream(door.url), readWithClient(door.url)];
});
afterEach(async () => {
  await Promise.all(readers.map((reader) => reader.stop()));
  door.close();
  await lab.close();
});

/** Kills a process, and starts another. */
async function replace(role: "api" | "worker"): Promise<void> {
  for (const program of lab.programs()) if (program.role === role) await program.kill();
  const program = await lab.start(role);
  if (role === "api") door.leadTo(program.url);
}

/**
 * Writes to the feed in transactions that others overtake, and keeps one open in another database of the server. Resolves
 * with the end of both.
 */
async function startSlowTransactions(): Promise<() => Promise<void>> {
  await lab.postgres.sql("create database other");
  const other = new Client({ connectionString: new URL("/other", lab.postgres.url()).href });
  other.on("error", () => undefined);
  await other.connect();
  await other.query("begin; create table written (a integer)");
  let isOver = false;
  const writing = (async () => {
    while (!isOver) {
      const write = "insert into event (type) values ('test.slow'); select pg_sleep(0.3)";
      await lab.postgres.sql(write).catch(() => sleep(100));
    }
  })();
  return async () => {
    isOver = true;
    await writing;
    await other.end().catch(() => undefined);
  };
}

describe("programs that follow the feed", { timeout: 600_000 }, () => {
  it("have an exact copy in the end, although each process and store was killed and the network fell silent", async () => {
    const clients = await startLoad(lab, 15);
    const writers = startFeedWriters(lab, clients.journal);
    const endSlow = await startSlowTransactions();
    await allReadOn(lab, readers);

    door.silenceOld();
    await replace("worker");
    await allReadOn(lab, readers);
    // The client hides it.
    expect(readers.slice(0, 2).every(({ failures }) => failures() > 0)).toBe(true);
    await replace("api");
    await allReadOn(lab, readers);
    await lab.redis?.kill();
    await lab.redis?.startAgain();
    lab.heal();
    await allReadOn(lab, readers);
    await lab.postgres.stopAtOnce();
    await lab.postgres.startAgain();
    lab.heal();
    await allReadOn(lab, readers);

    await endSlow();
    await writers.stop();
    await clients.finish(60_000);
    expect(Object.entries(writers.done).filter(([, done]) => done < 5)).toEqual([]);
    await expect
      .poll(() => lab.postgres.sql(`select from "order" where status = 'pending'`), patience)
      .toEqual([]);
    await allCaughtUp(lab, readers);
    for (const { name, copy } of readers) {
      const differences = await findDifferences(lab.postgres, copy);
      expect({ name, differences }).toEqual({ name, differences: [] });
      expect(copy.told.size).toBeGreaterThan(500);
    }
    await prove(lab, clients.journal);
    const places = readers[0]?.copy.place();
    process.stdout.write(`The feed told ${places} places; ${JSON.stringify(writers.done)}.\n`);
  });

  it("wait for a transaction that writes, which a metric and the log name, and then go on", async () => {
    await startLoad(lab, 5).then((clients) => clients.finish(60_000));
    await allCaughtUp(lab, readers);
    const writer = new Client({ connectionString: lab.postgres.url() });
    await writer.connect();
    const { rows } = await writer.query<{ pid: number }>("select pg_backend_pid() as pid");
    await writer.query("begin; insert into event (type) values ('test.held')");
    await lab.postgres.sql("insert into event (type) values ('test.later')");
    const [api = ""] = lab.apis();
    const heldFor = async () => {
      const text = await (await fetch(new URL("/metrics", api))).text();
      const valueOf = (name: string) =>
        Number(new RegExp(`^tallyman_feed_${name} (.+)$`, "m").exec(text)?.[1]);
      return valueOf("behind_places") >= 2 ? valueOf("held_seconds") : 0;
    };
    await expect.poll(heldFor, patience).toBeGreaterThan(0);
    const logs = () =>
      readdirSync(lab.folder)
        .filter((name) => name.startsWith("worker"))
        .map((name) => readFileSync(join(lab.folder, name), "utf8"))
        .join("");
    await expect
      .poll(logs, patience)
      .toMatch(new RegExp(`process id ${rows[0]?.pid} holds the feed up.*does not move`));
    const heldOrLater = () =>
      readers.flatMap(({ copy }) =>
        [...copy.told.values()].filter((type) => /^test\.(held|later)$/.test(type)),
      );
    expect(heldOrLater()).toEqual([]);
    await writer.query("commit");
    await writer.end();
    await allCaughtUp(lab, readers);
    expect(heldOrLater()).toEqual(readers.flatMap(() => ["test.held", "test.later"]));
  });
});
