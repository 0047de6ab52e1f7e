// An upgrade from the last release while orders come in, items run low, and programs follow the webhooks and the feed, with
// old and new processes side by side, and the way back. The old processes are the program as it was, built from the
// project's history.

import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { isAccepted } from "../../tools/lab/clients.ts";
import type { Lab, QueueKind } from "../../tools/lab/lab.ts";
import { buildRelease, findLastRelease, type Release } from "../../tools/lab/last-release.ts";
import type { Program } from "../../tools/lab/program.ts";
import { prove } from "../../tools/lab/prove.ts";
import { runTallyman } from "../cli/run-tallyman.ts";
import { startSmtpReceiver } from "../../tools/lab/smtp-server.ts";
import { startTcpProxy } from "../../tools/lab/tcp-proxy.ts";
import { startWebhookReceiver } from "../../tools/lab/webhook-receiver.ts";
import { dist } from "../support/built.ts";
import { createFallingItems } from "../support/falling-items.ts";
import { findDifferences } from "../support/feed-copy.ts";
import {
  allCaughtUp,
  allReadOn,
  readPages,
  readStream,
  readWithClient,
} from "../support/feed-readers.ts";
import { labQueues, openTestLab } from "../support/lab.ts";
import { startLoad } from "../support/lab-load.ts";
import { createWebhook, lanesOutOfOrder, readMessageIds } from "../support/webhook-lanes.ts";

const newMain = fileURLToPath(new URL("main.js", dist));

const commit = await findLastRelease();
if (commit === null) {
  // A clone without the history passes, but says that nothing was rehearsed.
  console.warn(
    'The upgrade from the last release was NOT rehearsed: this clone does not have its commit. Run "git fetch --unshallow", then this test again.',
  );
}

/** The times at which processes of both versions, or of one, serve. */
const phases = ["before", "beside", "upgraded", "returning", "back", "again"] as const;

/** How alerts are mailed: each by itself, or as a store does that sets nothing, beyond five a minute in one mail. */
const mailsOn: Readonly<Record<QueueKind, Record<string, string>>> = {
  PostgreSQL: {},
  Redis: { ALERT_GATHER_MS: "2000", ALERT_MAILS_PER_MINUTE: "5" },
};

const closers: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

describe.skipIf(commit === null)("an upgrade from the last release", { timeout: 600_000 }, () => {
  let old: Release;
  beforeAll(async () => {
    old = await buildRelease(commit ?? "");
  }, 400_000);

  const migrateWith = async (program: string | undefined, url: string): Promise<void> => {
    const ended = await runTallyman(["migrate"], { DATABASE_URL: url }, { program }).ended;
    expect(ended).toMatchObject({ code: 0 });
  };

  /** An API and a worker of one version. */
  const startBoth = (on: Lab, main: string): Promise<Program[]> =>
    Promise.all([on.start("api", { main }), on.start("worker", { main })]);

  const apiOf = (programs: readonly Program[]): string =>
    programs.find(({ role }) => role === "api")?.url ?? "";

  const stop = async (programs: readonly Program[]): Promise<void> => {
    for (const ending of await Promise.all(programs.map((program) => program.terminate()))) {
      expect(ending).toMatchObject({ code: 0 });
    }
  };

  it.each(labQueues)(
    "loses and doubles nothing, also on the way back, with queues on %s",
    async (queue) => {
      const smtp = await startSmtpReceiver();
      const receiver = await startWebhookReceiver();
      closers.push(
        () => smtp[Symbol.asyncDispose](),
        () => receiver[Symbol.asyncDispose](),
      );
      const lab = await openTestLab(
        queue,
        { SMTP_URL: smtp.url, WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.1", ...mailsOn[queue] },
        (url) => migrateWith(old.tallyman, url),
      );
      closers.push(() => lab.close());
      let olds = await startBoth(lab, old.main);
      const items = createFallingItems(lab, phases);
      const clients = await startLoad(lab, 30, items.products);
      await createWebhook(lab, receiver);
      // The address that readers use, as a load balancer's.
      const door = await startTcpProxy(apiOf(olds));
      const readers = [readPages(door.url), readStream(door.url), readWithClient(door.url)];
      closers.push(async () => {
        door.close();
        await Promise.all(readers.map((reader) => reader.stop()));
      });
      /** Resolves when orders are accepted and decided by those processes that run now. */
      const traffic = async (): Promise<void> => {
        const from = clients.journal.length;
        const served = () =>
          clients.journal.slice(from).filter(({ answers }) => answers.some(isAccepted)).length;
        await vi.waitFor(() => expect(served()).toBeGreaterThan(60), 90_000);
        const waiting = `select from "order" where status = 'pending' and accepted_at < now() - interval '5 seconds'`;
        await vi.waitFor(async () => expect(await lab.postgres.sql(waiting)).toEqual([]), 90_000);
      };
      /** Resolves when the readers have read on at each of these processes, the last of which they stay at. */
      const readAt = async (...apis: readonly string[]): Promise<void> => {
        for (const api of apis) {
          door.leadTo(api);
          door.reset();
          await allReadOn(lab, readers);
        }
      };
      /** All that happens in a phase. */
      const pass = (phase: (typeof phases)[number], ...apis: readonly string[]) =>
        Promise.all([traffic(), items.fall(phase), readAt(...apis)]);
      await pass("before", apiOf(olds));

      // A new process refuses until the schema is there, and old ones serve while it is made.
      await expect(lab.start("worker", { main: newMain })).rejects.toThrow(
        /The database lacks \d+ migrations.*Run `npx tallyman migrate` once/s,
      );
      await Promise.all([migrateWith(undefined, lab.postgres.url()), traffic()]);
      await traffic();

      const news = await startBoth(lab, newMain);
      await pass("beside", apiOf(news), apiOf(olds), apiOf(news));
      await stop(olds);
      await pass("upgraded", apiOf(news));

      // The way back: the old version runs on the new schema, beside the new one and alone.
      olds = await startBoth(lab, old.main);
      await pass("returning", apiOf(olds), apiOf(news), apiOf(olds));
      await stop(news);
      await pass("back", apiOf(olds));

      const again = await startBoth(lab, newMain);
      await Promise.all([stop(olds), readAt(apiOf(again))]);
      await pass("again", apiOf(again));
      const [sold] = await Promise.all([items.finish(90_000), clients.finish(90_000)]);
      const journal = [...clients.journal, ...sold];
      expect(again.map((program) => program.hasEnded())).toEqual([false, false]);

      const undecided = `select from "order" where status = 'pending'`;
      const patience = { timeout: 90_000, interval: 100 };
      await expect.poll(() => lab.postgres.sql(undecided), patience).toEqual([]);
      await items.allMailed();
      await allCaughtUp(lab, readers);
      const ids = await readMessageIds(lab);
      const undelivered = () => {
        const accepted = new Set(receiver.accepted());
        return ids.filter((id) => !accepted.has(id));
      };
      await expect.poll(undelivered, patience).toEqual([]);
      const proof = await prove(lab, journal);
      expect(proof.accepted).toBeGreaterThan(300);
      expect(await readMessageIds(lab)).toEqual(ids);
      expect(lanesOutOfOrder(receiver)).toEqual([]);
      expect(receiver.deliveries.filter(({ isVerified }) => !isVerified)).toEqual([]);
      for (const { name, copy } of readers) {
        const differences = await findDifferences(lab.postgres, copy);
        expect({ name, differences }).toEqual({ name, differences: [] });
      }
      expect(await items.findWrongMails(smtp.received)).toEqual([]);
      process.stdout.write(
        `Queue on ${queue}: ${ids.length} events, ${receiver.deliveries.length} messages, ${smtp.received.length} mails.\n`,
      );
    },
  );
});
