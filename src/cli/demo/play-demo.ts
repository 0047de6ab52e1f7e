// Runs the demo's steps: fills the store, posts the sample's orders as a checkout would, and waits until they are
// decided and the managers are mailed.

import * as z from "zod";
import type { ApiClient } from "../api-client.ts";
import { type Alert, awaitAlerts } from "../outcome/await-alerts.ts";
import { awaitDecisions } from "../outcome/await-decisions.ts";
import { entriesOf } from "../outcome/entries-of.ts";
import { readUnserved, type Served } from "../outcome/read-unserved.ts";
import { createProgress, type ProgressStream } from "../progress.ts";
import type { Skipped } from "../replay/skips.ts";
import { type PostedSample, postSample } from "./post-sample.ts";
import { readSampleOrders } from "./sample-orders.ts";
import { seedSteps, seedStore } from "./seed-store.ts";

/** A mail of the demo. */
export type DemoMail = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly status: string;
};

/** What happened in the demo. */
export type DemoOutcome = {
  readonly posted: PostedSample;
  readonly skippedRows: readonly Skipped[];
  readonly served: Served;
  readonly alerts: readonly Alert[];
  readonly mails: readonly DemoMail[];
  /** Units promised without stock, by the name of what was ordered. */
  readonly preOrdered: ReadonlyMap<string, number>;
  readonly seconds: number;
};

/** How the demo runs. */
export type DemoTools = {
  readonly signal: AbortSignal;
  readonly stream: ProgressStream;
  /** How many orders of the sample to post; undefined for all. */
  readonly ordersMax: number | undefined;
};

const mailEntry = z.object({
  id: z.string(),
  to: z.object({ email: z.string() }),
  subject: z.string().nullable(),
  status: z.string(),
});

const orderEntry = z.object({
  lines: z.array(z.object({ name: z.string(), preOrdered: z.int() })),
});

/** Runs the demo on an empty store. Rejects if the signal is aborted. */
export async function playDemo(api: ApiClient, tools: DemoTools): Promise<DemoOutcome> {
  const { signal, stream, ordersMax } = tools;
  const sample = await readSampleOrders();
  const orders = sample.orders.slice(0, ordersMax);

  const seeding = createProgress(stream, "Filling the store", "entries", seedSteps);
  await seedStore(api, seeding.at);
  seeding.end();

  const begunAt = performance.now();
  const posting = createProgress(stream, "Posting orders", "orders", orders.length);
  const posted = await postSample(api, orders, posting.at);
  posting.end();

  const ids = [...posted.ids].toSorted();
  const deciding = createProgress(stream, "Deciding orders", "orders", ids.length);
  await awaitDecisions(api, ids, { signal, onDecided: deciding.at });
  deciding.end();
  const seconds = (performance.now() - begunAt) / 1_000;

  const mailing = createProgress(stream, "Mailing about alerts", "alerts");
  const alerts = await awaitAlerts(api, ids, { signal, onDone: mailing.at });
  mailing.end();

  return {
    posted,
    skippedRows: sample.skippedRows,
    served: await readUnserved(api, ids),
    alerts,
    mails: await readMails(api),
    preOrdered: await readPreOrdered(api),
    seconds,
  };
}

async function readMails(api: ApiClient): Promise<DemoMail[]> {
  const mails: DemoMail[] = [];
  for await (const { id, to, subject, status } of entriesOf(api, "/mails", "", mailEntry)) {
    mails.push({ id, to: to.email, subject: subject ?? "(not rendered yet)", status });
  }
  return mails.toReversed();
}

async function readPreOrdered(api: ApiClient): Promise<Map<string, number>> {
  const units = new Map<string, number>();
  for await (const { lines } of entriesOf(api, "/orders", "status=confirmed", orderEntry)) {
    for (const { name, preOrdered } of lines) {
      if (preOrdered > 0) units.set(name, (units.get(name) ?? 0) + preOrdered);
    }
  }
  return units;
}
