// Measures how fast workers empty a full queue. Start-up does not count: the queue is paused until they run, and the
// first tenth of the orders is the warm-up.

import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import * as z from "zod";
import { readConfig } from "../../src/config.ts";
import { jobOrdersMax } from "../../src/queues/jobs/process-order.ts";
import type { JobQueue } from "../../src/queues/backend.ts";
import { jobsInHand } from "../../src/workers/process-order.ts";
import { reportDecisionBatches } from "./batch-sizes.ts";
import type { Child } from "../../tools/child.ts";
import { createRandom } from "../../tools/random.ts";
import { type Basket, uniformBasket } from "./catalogue.ts";
import { type FarStores, startFarStores } from "./far-stores.ts";
import { announceOrders, storeOrders } from "./fill-queue.ts";
import type { Laboratory } from "./laboratory.ts";
import { measureLog } from "./log-bytes.ts";
import { measureUse } from "./processor-time.ts";
import { type Store, type StoreKind, withStore } from "./store.ts";

/** The queue, and the workers that drain it. */
export type Drain = {
  readonly on: StoreKind;
  readonly orders: number;
  readonly basket: (random: () => number) => Basket;
  /** Orders that share a job. Default: 1, so that there are as many jobs as in the yardstick. */
  readonly ordersPerJob?: number;
  /** Worker processes. Default: 1. */
  readonly workers?: number;
  /** Puts proxies before the stores that make each round trip so many milliseconds longer. Default: no proxies. */
  readonly storesDelayMs?: number;
  /** A database to use and keep, instead of an empty one. */
  readonly database?: string;
  /** Settings of the workers that differ from the defaults. */
  readonly settings?: Readonly<Record<string, string>>;
};

/** The result of a drain. */
export type Drained = {
  readonly ordersPerSecond: number;
  readonly linesPerSecond: number;
  /** The largest peak memory of a worker, in bytes. */
  readonly peakMemory: number;
};

/** The share of the queue that is the warm-up. */
const warmupShare = 0.1;
const deadlineMs = 300_000;
const seed = 20_101_201;

/** Drains a full queue with the real worker, and checks the books. */
export async function drain(lab: Laboratory, what: Drain): Promise<Drained> {
  const work = async (store: Store): Promise<Drained> => {
    const { pool, backend } = store;
    const queue = backend.queues["process-order"];
    await fill(store, what);
    const proxies =
      what.storesDelayMs === undefined
        ? undefined
        : await startFarStores(lab, store, what.storesDelayMs);
    const settings = { ...what.settings, ...proxies?.environment };
    const workers = await Promise.all(
      Array.from({ length: what.workers ?? 1 }, () => store.startService("worker", settings)),
    );
    await pool.query("checkpoint");
    const resumedAt = await readClock(pool);
    const reportLog = await measureLog(lab, pool);
    const use = await measureUse(lab, partsOf(workers, proxies));
    await queue.bull.resume();
    await untilEmpty(queue);
    await use.report(what.orders);
    await reportLog(what.orders);
    const peaks = await Promise.all(
      lab.missingTools.has("/proc") ? [] : workers.map((worker) => worker.peakMemory()),
    );
    const timed = await timeDecisions(store, resumedAt);
    await reportDecisionBatches(lab, pool, resumedAt);
    await store.books.check({ orders: what.orders });
    return { ...timed, peakMemory: Math.max(...peaks) };
  };
  return withStore(lab, what.on, work, { database: what.database });
}

/** What takes processor time, by name. */
function partsOf(
  workers: readonly Child[],
  proxies: FarStores | undefined,
): Readonly<Record<string, number | undefined>> {
  const parts = workers.map(
    ({ pid }, place) => [place === 0 ? "worker" : `worker ${place + 1}`, pid] as const,
  );
  const own = Object.fromEntries<number>(parts);
  return proxies === undefined ? own : { ...own, proxies: proxies.pid };
}

/** Drains the same queue with a worker that does nothing. Resolves with jobs per second. */
export async function drainEmptyJobs(
  lab: Laboratory,
  on: StoreKind,
  jobs: number,
): Promise<number> {
  return withStore(lab, on, async (store) => {
    await fill(store, { on, orders: jobs, basket: uniformBasket });
    const settings = {
      on,
      jobs,
      warmup: Math.floor(jobs * warmupShare),
      concurrency: workerConcurrency(),
    };
    const worker = store.startProgram("empty-worker", [JSON.stringify(settings)]);
    await worker.receive((message) => ready.safeParse(message).data);
    const done = worker.receive((message) => rate.safeParse(message).data);
    await store.pool.query("checkpoint");
    const use = await measureUse(lab, { worker: worker.pid });
    await store.backend.queues["process-order"].bull.resume();
    const { perSecond } = await done;
    await use.report(jobs);
    return perSecond;
  });
}

const ready = z.object({ ready: z.literal(true) });
const rate = z.object({ perSecond: z.number() });

/**
 * How many empty jobs run at once: as many as the real worker has orders at once. The real worker has fewer jobs, which
 * absorb waiting ones; with so few, empty jobs would be slower.
 */
export function workerConcurrency(): number {
  return jobOrdersMax * jobsInHand(readConfig({}).BATCH_ORDERS_MAX);
}

async function fill(store: Store, { orders, basket, ordersPerJob = 1 }: Drain): Promise<void> {
  const random = createRandom(seed);
  const baskets = Array.from({ length: orders }, () => basket(random));
  const stored = await storeOrders(store.pool, baskets);
  await store.pool.query(`analyze "order"`);
  await announceOrders(store.backend.queues["process-order"], stored, ordersPerJob);
}

/** Resolves when the queue has no waiting, delayed or active job. Rejects if that takes too long. */
export async function untilEmpty(queue: JobQueue): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const counts = await queue.bull.getJobCounts("wait", "active", "delayed");
    const left = Object.values(counts).reduce((sum, count) => sum + count, 0);
    if (left === 0) return;
    if (performance.now() > deadline) {
      throw new Error(
        `Expected an empty queue after ${deadlineMs / 1_000} s; ${left} jobs are left.`,
      );
    }
    await sleep(100);
  }
}

async function readClock(pool: Pool): Promise<Date> {
  const { rows } = await pool.query<{ now: Date }>("select clock_timestamp() as now");
  return rows[0]?.now ?? new Date();
}

/** Reads from the decisions' events how fast they were made after the warm-up. */
async function timeDecisions(
  { pool }: Store,
  from: Date,
): Promise<Pick<Drained, "ordersPerSecond" | "linesPerSecond">> {
  const { rows } = await pool.query<{ orders: number; lines: number; seconds: number }>(
    `with decided as (select order_id, at from event where at >= $1),
     warm as (select percentile_disc($2::double precision) within group (order by at) as at from decided),
     timed as (select d.* from decided d, warm where d.at > warm.at)
     select count(distinct t.order_id) as orders, count(*) as lines,
       extract(epoch from max(t.at) - (select at from warm))::double precision as seconds
     from timed t join order_line l on l.order_id = t.order_id`,
    [from, warmupShare],
  );
  const { orders = 0, lines = 0, seconds = 0 } = rows[0] ?? {};
  if (seconds <= 0)
    throw new Error("Expected decisions after the warm-up; there are too few orders.");
  return { ordersPerSecond: orders / seconds, linesPerSecond: lines / seconds };
}
