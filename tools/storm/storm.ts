// A storm: all faults at random on a whole installation, and then a proof that nothing that was promised was broken.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Clients, isFinal, startClients } from "../lab/clients.ts";
import { prove } from "../lab/prove.ts";
import { randomLines, stockShop } from "../lab/shop.ts";
import { createRandom } from "../random.ts";
import {
  acceptedTimes,
  answerName,
  count,
  type EndedFault,
  findRecoveries,
  longestGap,
  stormProducts,
} from "./figures.ts";
import { type Installation, openInstallation } from "./installation.ts";
import { judgeChanges, judgeOrders, judgeProcesses, type Outage } from "./judge.ts";
import type { StormReport } from "./report.ts";
import { createRequests, type Requests } from "./requests.ts";
import { type Fault, planStorm, type StormPlan } from "./schedule.ts";
import { strike } from "./strike.ts";

/** How a storm is run. */
export type StormOptions = StormPlan & {
  readonly ordersPerSecond: number;
  /** The built program, `dist/main.js`. */
  readonly main: string;
  /** The command that repeats it. */
  readonly command: string;
  /** Called with a sentence on how far it is. */
  readonly onProgress: (sentence: string) => void;
};

/**
 * The bounds of a storm in milliseconds. They are wide, because several faults come together and the machine may be slow:
 * whatever is stuck exceeds them all the same.
 */
const bounds = {
  answerMs: 40_000,
  finishMs: 120_000,
  drainMs: 300_000,
  decisionMs: 240_000,
  stopMs: 40_000,
};
const progressMs = 10_000;

/** How long a fault may take to be made, in milliseconds: to start a store again is slow on a slow machine. */
const strikeMsMax = 90_000;

/** Runs a storm. Rejects only if the installation can't be started or a store does not come back. */
export async function runStorm(options: StormOptions): Promise<StormReport> {
  const installation = await openInstallation(options.queue, options.main);
  let isKept = true;
  try {
    const report = await weather(installation, options);
    isKept = report.broken.length > 0;
    return report;
  } finally {
    await installation.close({ keepFolder: isKept });
  }
}

type StoredOrder = {
  readonly reference: string;
  readonly status: string;
  readonly at: Date | null;
  readonly ms: number | null;
};

async function weather(installation: Installation, options: StormOptions): Promise<StormReport> {
  const { lab, crew, mail } = installation;
  const products = stormProducts(options.ordersPerSecond, options.minutes);
  await stockShop(lab.apis()[0] ?? "", products);
  const random = createRandom(options.seed);
  const nextLines = () => randomLines(products, random);
  const clients = startClients({
    apis: lab.apis,
    nextLines,
    ordersPerSecond: options.ordersPerSecond,
    waits: (number) => number % 5 === 0,
    openMax: 300,
    answerMsMax: bounds.answerMs,
  });
  const requests = createRequests({
    apis: lab.apis,
    products,
    nextLines,
    placed: clients.journal,
    answerMsMax: bounds.answerMs,
  });
  const begin = Date.now();
  const progress = setInterval(() => {
    options.onProgress(progressOf(begin, clients, installation));
  }, progressMs);
  const broken: string[] = [];
  const attempt = async (step: () => Promise<unknown>): Promise<void> => {
    try {
      await step();
    } catch (error) {
      broken.push(error instanceof Error ? error.message : String(error));
    }
  };

  const { ended, outages, missed } = await makeFaults(installation, requests, options);
  const end = Date.now();
  lab.heal();
  await crew.settle();
  await attempt(() => clients.finish(bounds.finishMs));
  await attempt(() => requests.finish(bounds.finishMs));
  const journal = [...clients.journal, ...requests.orders];
  const drained = performance.now();
  await attempt(() => prove(lab, journal, bounds));
  const drainMs = performance.now() - drained;
  await attempt(async () => broken.push(...(await judgeChanges(lab.postgres, requests.changes))));
  broken.push(...judgeProcesses(crew, outages));
  writeFileSync(join(lab.folder, "journal.json"), JSON.stringify([journal, requests.changes]));
  clearInterval(progress);

  const orders = await lab.postgres.sql<StoredOrder>(
    `select reference, status, decided_at as at,
       (extract(epoch from decided_at - accepted_at) * 1000)::double precision as ms from "order"`,
  );
  const rejected = orders.flatMap(({ reference, status }) =>
    status === "rejected" ? [reference] : [],
  );
  broken.push(...judgeOrders(journal, new Set(rejected)));
  const decided = orders
    .flatMap(({ at }) => (at === null ? [] : [at.getTime()]))
    .toSorted((a, b) => a - b);
  const answers = journal.flatMap((entry) => entry.answers);
  const accepted = acceptedTimes(journal);
  return {
    command: options.command,
    minutes: options.minutes,
    placed: journal.length,
    accepted: journal.filter((entry) => entry.answers.some(isFinal)).length,
    orders: count(orders.map(({ status }) => status)),
    answers: count(
      [...answers, ...requests.changes.flatMap((change) => change.answers)].map(answerName),
    ),
    exits: count(crew.exits.map(({ cause }) => cause ?? "not asked for")),
    faults: count(ended.map(({ kind }) => kind)),
    missed,
    duplicatesAbsorbed: answers.filter(({ status }) => status === 200).length,
    mails: mail.taken.size,
    mailsTwice: [...mail.taken.values()].filter((times) => times > 1).length,
    longestUnacceptedMs: longestGap(accepted, begin, end),
    longestAnswerMs: longest(answers.map(({ sentAt, endedAt }) => endedAt - sentAt)),
    longestDecisionMs: longest(orders.map(({ ms }) => ms ?? 0)),
    longestStopMs: longest(crew.stopsMs),
    drainMs,
    recoveries: findRecoveries(ended, accepted, decided),
    broken: broken.flatMap((text) => text.split("\n")),
    kept: broken.length > 0 ? lab.folder : null,
  };
}

/** Makes all faults at their times. Resolves when the last has ended. */
async function makeFaults(
  installation: Installation,
  requests: Requests,
  options: StormOptions,
): Promise<{ ended: EndedFault[]; outages: Outage[]; missed: number }> {
  const ended: EndedFault[] = [];
  const outages: Outage[] = [];
  let missed = 0;
  const began = performance.now();
  let isStoreStruck = false;
  const make = async (fault: Fault): Promise<void> => {
    const from = Date.now();
    const isOfStore = storeFaults.has(fault.kind);
    // On a slow machine a store may take longer to come back than planned.
    if (isOfStore && isStoreStruck) {
      missed += 1;
      return;
    }
    if (isOfStore) isStoreStruck = true;
    const striking = Promise.race([
      strike(installation, requests, fault),
      sleep(strikeMsMax, undefined, { ref: false }).then(() => {
        throw new Error(`Expected it to end within ${strikeMsMax} ms.`);
      }),
    ]);
    const hasStruck = await striking.catch((error: unknown) => {
      options.onProgress(`  ${fault.kind} could not be made: ${String(error)}`);
      return false;
    });
    if (isOfStore) isStoreStruck = false;
    if (!hasStruck) {
      missed += 1;
      return;
    }
    ended.push({ kind: fault.kind, endedAt: Date.now() });
    if (isOfStore) outages.push({ from, to: Date.now() });
  };
  const running: Promise<void>[] = [];
  for (const fault of planStorm(options)) {
    await sleep(Math.max(0, began + fault.atMs - performance.now()));
    running.push(make(fault));
  }
  await sleep(Math.max(0, began + options.minutes * 60_000 - performance.now()));
  await Promise.all(running);
  return { ended, outages, missed };
}

/** Faults of PostgreSQL and Redis. A process can't be expected to start meanwhile, and they come one after the other. */
const storeFaults: ReadonlySet<string> = new Set([
  "PostgreSQL stopped",
  "sessions ended",
  "Redis killed",
  "Redis flushed",
  "scripts flushed",
  "master killed",
]);

function progressOf(begin: number, { journal }: Clients, { lab, crew }: Installation): string {
  const accepted = journal.filter((entry) => entry.answers.some(isFinal)).length;
  const passed = Math.round((Date.now() - begin) / 1_000);
  return `  ${passed} s: ${journal.length} orders placed, ${accepted} accepted; ${crew.exits.length} processes ended, ${lab.programs().length} run`;
}

const longest = (times: readonly number[]): number =>
  times.reduce((most, time) => Math.max(most, time), 0);
