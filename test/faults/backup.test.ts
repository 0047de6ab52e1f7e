// The loss of a whole installation, and what a backup brings back: it is made while orders come in, restored into a fresh
// cluster, and what is missing is told exactly, so that it can be sent again.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { createClient, TallymanPlaceGone } from "../../client/client.ts";
import { severalAtOnce } from "../../src/cli/several-at-once.ts";
import { readConfig } from "../../src/config.ts";
import { start } from "../../src/process/start.ts";
import { isAccepted, type JournalEntry } from "../../tools/lab/clients.ts";
import { startDebianPostgres } from "../../tools/lab/debian-postgres.ts";
import { type Lab, labKey } from "../../tools/lab/lab.ts";
import { startThrowawayPostgres } from "../../tools/throwaway-postgres.ts";
import { runTallyman } from "../cli/run-tallyman.ts";
import { expectBalancedBooks } from "../support/audit.ts";
import {
  createFeedCopy,
  type FeedCopy,
  findDifferences,
  readLastPlace,
} from "../support/feed-copy.ts";
import { labQueues, openTestLab } from "../support/lab.ts";
import { startLoad } from "../support/lab-load.ts";
import { readRows } from "../support/read-rows.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const madeSchema = z.object({ at: z.iso.datetime(), place: z.string() });

/** A fresh cluster of another version for each kind of queue: Debian's PostgreSQL, and the embedded one. */
const freshClusters = { PostgreSQL: () => startThrowawayPostgres({}), Redis: startDebianPostgres };

const tablesOf = (url: string) => ({
  sql: <Row extends object>(text: string) => readRows<Row>(url, text),
});

async function follow(copy: FeedCopy, api: string, upTo: bigint): Promise<void> {
  const events = createClient({ url: api, key: labKey }).events({ after: copy.place() });
  while (BigInt(copy.place()) < upTo) copy.take((await events.next()).value);
}

/** What a reader is told that goes on from a place. */
const goOn = (api: string, after: string): Promise<unknown> =>
  createClient({ url: api, key: labKey })
    .events({ after })
    .next()
    .catch((error: unknown) => error);

const acceptedOf = (journal: readonly JournalEntry[]): readonly JournalEntry[] =>
  journal.filter(({ answers }) => answers.some(isAccepted));

async function killAll(lab: Lab): Promise<void> {
  await Promise.all(lab.programs().map((program) => program.kill()));
  await lab.postgres.stopAtOnce();
}

/** Starts API and worker on a database. Resolves with the address of the API. */
async function serve(databaseUrl: string, redisUrl: string | undefined): Promise<string> {
  const environment = {
    PORT: "0",
    DATABASE_URL: databaseUrl,
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    SHUTDOWN_GRACE_MS: "0",
    SWEEP_INTERVAL_MS: "500",
    SWEEP_AFTER_MS: "1500",
  };
  const log = pino({ level: "silent" });
  const service = await start(readConfig(environment), { roles: ["api", "worker"], log });
  closers.push(() => service.stop());
  return service.apiUrl ?? "";
}

describe.each(labQueues)("an installation that is lost, with its queues on %s", (queue) => {
  it("comes back from a backup, tells which orders are missing, and sells each once when they are sent again", async () => {
    const lab = await openTestLab(queue);
    closers.push(() => lab.close());
    await lab.start("worker");
    const { url: api } = await lab.start("api");
    const clients = await startLoad(lab);
    const accepted = () => acceptedOf(clients.journal);
    const more = async (count: number): Promise<void> => {
      const before = accepted().length;
      await vi.waitFor(() => expect(accepted().length).toBeGreaterThan(before + count), 60_000);
    };
    await more(100);
    const behind = createFeedCopy();
    await follow(behind, api, await readLastPlace(lab.postgres));
    const before = accepted().map(({ reference }) => reference);

    const file = join(lab.folder, "shop.backup");
    const onOld = { DATABASE_URL: lab.postgres.url() };
    const made = await runTallyman(["backup", file, "--json"], onOld).ended;
    expect(made).toMatchObject({ code: 0 });
    const moment = madeSchema.parse(JSON.parse(made.stdout));
    await more(100);
    // Orders have been decided since, too, so a reader is ahead of the backup.
    const decided = BigInt(moment.place) + 20n;
    await vi.waitFor(
      async () => expect(await readLastPlace(lab.postgres)).toBeGreaterThan(decided),
      60_000,
    );
    const ahead = createFeedCopy();
    await follow(ahead, api, await readLastPlace(lab.postgres));
    await killAll(lab);
    await clients.finish(1).catch(() => undefined);

    const fresh = await freshClusters[queue]();
    closers.push(() => fresh.stop());
    const onFresh = { DATABASE_URL: fresh.url };
    const restored = await runTallyman(["restore", file], onFresh).ended;
    expect(restored).toMatchObject({ code: 0 });
    expect(restored.stdout).toMatch(/All \d+ invariants hold\./);
    expect(restored.stdout).toContain(`the state of ${moment.at}, place ${moment.place}`);

    // The backup has what the old database had up to its place, and nothing after it.
    await lab.postgres.startAgain();
    const places = `select id::text as id from event union all select id::text from movement order by 1`;
    const upTo = `select id from (${places}) all_places where id::bigint <= ${moment.place} order by 1`;
    expect(await readRows(fresh.url, places)).toEqual(await lab.postgres.sql(upTo));

    // The checkout kept a list of the orders that were accepted.
    const list = join(lab.folder, "checkout.csv");
    const references = accepted().map(({ reference }) => reference);
    writeFileSync(
      list,
      ["number,reference", ...references.map((one, n) => `${n},${one}`)].join("\n"),
    );
    const told = await runTallyman(["order", "missing", list], onFresh).ended;
    expect(told.code).toBe(3);
    const missing = told.stdout.trim().split("\n");
    const kept = await readRows<{ reference: string }>(fresh.url, 'select reference from "order"');
    const isKept = new Set(kept.map(({ reference }) => reference));
    expect(missing).toEqual(references.filter((reference) => !isKept.has(reference)));
    expect(missing.length).toBeGreaterThan(50);
    expect(missing.filter((reference) => before.includes(reference))).toEqual([]);
    for (const { reference, answers } of accepted().filter((one) =>
      missing.includes(one.reference),
    )) {
      const answeredAt = answers.find(isAccepted)?.endedAt ?? 0;
      expect([reference, answeredAt >= Date.parse(moment.at)]).toEqual([reference, true]);
    }

    // The queue store still has jobs of orders that are gone.
    const freshApi = await serve(fresh.url, lab.redis?.url());
    expect(await goOn(freshApi, ahead.place())).toBeInstanceOf(TallymanPlaceGone);
    const { orders } = createClient({ url: freshApi, key: labKey });
    await severalAtOnce(accepted(), 20, async ({ reference, lines }) => {
      await orders.place({ reference, lines: [...lines] });
    });
    const pending = `select id from "order" where status = 'pending'`;
    await vi.waitFor(async () => expect(await readRows(fresh.url, pending)).toEqual([]), 60_000);
    const none = await runTallyman(["order", "missing", list, "--json"], onFresh).ended;
    expect(none).toMatchObject({ code: 0 });
    expect(JSON.parse(none.stdout)).toMatchObject({ references: references.length, missing: [] });
    const twice = 'select reference from "order" group by reference having count(*) > 1';
    expect(await readRows(fresh.url, twice)).toEqual([]);
    await expectBalancedBooks(fresh.url);

    const end = await readLastPlace(tablesOf(fresh.url));
    expect(end).toBeGreaterThan(BigInt(ahead.place()));
    expect(await goOn(freshApi, ahead.place())).toBeInstanceOf(TallymanPlaceGone);
    await follow(behind, freshApi, end);
    expect(await findDifferences(tablesOf(fresh.url), behind)).toEqual([]);
  });
});
