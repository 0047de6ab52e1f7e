// What becomes of orders when clients send twice as many as the system sustains: those that are accepted must still be
// decided as fast as before, the others refused in time, and a quiet client must hardly notice.

import { setTimeout as sleep } from "node:timers/promises";
import { untilEmpty } from "../support/drain.ts";
import type { Figure, Measurement } from "../support/figure.ts";
import { addKey, flood, memoryOf, type Seen, watch } from "../support/flood.ts";
import type { FloodResult } from "../support/flood-spec.ts";
import type { Laboratory } from "../support/laboratory.ts";
import { startApi } from "../support/load.ts";
import { apiKey, type Store, withStore } from "../support/store.ts";
import { throughRate } from "./through.ts";

/** How the orders of a flood come. */
type Shape = { readonly orders: number; readonly connections: number };
const singly: Shape = { orders: 1, connections: 4_000 };
const inBulk: Shape = { orders: 1_000, connections: 200 };

/** Clients send so many times as many orders as the system sustains. */
const excess = 2;

/** The quiet client: a few checkouts a second with a key of their own, each of which waits for its decision. */
const quiet = { perSecond: 20, connections: 256, waitSeconds: 10, orders: 1 };

/** An order that is decided within this time after the flood shows full service. */
const fullServiceMs = 1_000;

const decidedDuring = (name: string, shape: Shape): Measurement => ({
  name: `decided at twice through, ${name}`,
  unit: "orders/s",
  needs: ["redis-server", "/proc"],
  take: (lab, medianOf) =>
    withStore(lab, "Redis", async (store) => {
      const [api, worker] = await Promise.all([startApi(store), store.startService("worker")]);
      const pids = { API: api.pid, worker: worker.pid };
      const quietKey = await addKey(store, "quiet");
      const before = await memoryOf(pids);
      const { durationMs, restMs } = lab.amounts.overload;
      const perSecond = (excess * medianOf(throughRate)) / shape.orders;
      const all = { url: api.url, durationMs };
      const floods = Promise.all([
        flood(store, { ...all, ...shape, apiKey, perSecond, waitSeconds: null }),
        flood(store, { ...all, ...quiet, apiKey: quietKey }),
      ]);
      const [[many, few], seen, decided] = await Promise.all([
        floods,
        watch(store, pids, floods),
        sleep(durationMs).then(() => countDecided(store)),
      ]);
      const servedMs = await untilFullService(api.url, quietKey);
      await untilEmpty(store.backend.queues["process-order"]);
      await sleep(restMs);
      reportAll(lab, { many, few, seen, servedMs, before, after: await memoryOf(pids) });
      await checkBooks(store, [many, few], servedMs.orders);
      return decided / (durationMs / 1_000);
    }),
});

async function countDecided({ pool }: Store): Promise<number> {
  const { rows } = await pool.query<{ orders: number }>(
    `select count(*) as orders from event where type = 'order.confirmed'`,
  );
  return rows[0]?.orders ?? 0;
}

/** Places orders until one is decided soon enough. Resolves with how long that took, and how many were placed. */
async function untilFullService(
  url: string,
  key: string,
): Promise<{ readonly ms: number; readonly orders: number }> {
  const begunAt = performance.now();
  for (let orders = 1; ; orders += 1) {
    const sentAt = performance.now();
    const answer = await fetch(`${url}/api/v1/orders`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        prefer: "wait=10",
      },
      body: JSON.stringify({
        reference: `AFTER-${orders}`,
        lines: [{ sku: "SKU-1", quantity: 1 }],
      }),
    });
    await answer.text();
    const now = performance.now();
    if (answer.status === 201 && now - sentAt < fullServiceMs) return { ms: now - begunAt, orders };
    if (answer.status >= 300) orders -= 1;
    await sleep(50);
  }
}

/** What was measured, for the report. */
type Measured = {
  readonly many: FloodResult;
  readonly few: FloodResult;
  readonly seen: Seen;
  readonly servedMs: { readonly ms: number };
  readonly before: Readonly<Record<string, number>>;
  readonly after: Readonly<Record<string, number>>;
};

function reportAll(lab: Laboratory, measured: Measured): void {
  const { many, few, seen, servedMs, before, after } = measured;
  lab.report(`  the flood: ${inWords(many)}`);
  lab.report(`  the quiet client: ${inWords(few)}`);
  for (const [name, bytes] of Object.entries(seen.memoryMax)) {
    const [first, most, last] = [before[name] ?? 0, bytes, after[name] ?? 0].map(megabytes);
    lab.report(`  memory of the ${name}: ${first} MB, at most ${most} MB, afterwards ${last} MB`);
  }
  lab.report(
    `  undecided orders: at most ${seen.pendingMax.toLocaleString("en")}, the oldest for ${seen.oldestMax.toFixed(1)} s; full service ${Math.round(servedMs.ms)} ms after the flood`,
  );
}

function inWords({ answers, ...result }: FloodResult): string {
  const counts = Object.entries(answers).map(([what, count]) => `${count} × ${what}`);
  const times = [result.p50Ms, result.p99Ms, result.maxMs].map(Math.round).join(", ");
  return `${counts.join(", ")}; accepted after ${times} ms (p50, p99, longest), refused after ${Math.round(result.refusedMaxMs)} ms at most`;
}

const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);

/** Checks the books, and that each refusal says when to come again. An order without a clear answer may be stored. */
async function checkBooks(
  { pool, books }: Store,
  floods: readonly FloodResult[],
  others: number,
): Promise<void> {
  const sum = (of: (result: FloodResult) => number) =>
    floods.reduce((total, result) => total + of(result), 0);
  const silent = sum(({ withoutRetryAfter }) => withoutRetryAfter);
  if (silent > 0) throw new Error(`Expected Retry-After in each refusal; ${silent} had none.`);
  const { rows } = await pool.query<{ orders: number }>(`select count(*) as orders from "order"`);
  const stored = rows[0]?.orders ?? 0;
  const least = sum(({ accepted }) => accepted) + others;
  const most = least + sum(({ unsure }) => unsure);
  await books.check({ orders: Math.min(Math.max(stored, least), most) });
}

const figureOf = (title: string, how: string, measured: Measurement): Figure => ({
  id: "overload",
  title,
  measured: `orders decided while one client sends twice as many as through, ${how}, for five minutes (--quick: 4 s)`,
  yardstick: "through",
  unit: "orders/s",
  measurements: [throughRate, measured],
  compare: (valueOf) => ({ measured: valueOf(measured), yardstick: valueOf(throughRate) }),
  goal: { atLeast: 0.7 },
});

export const overloadFigure = figureOf(
  "overload",
  "from 4,000 connections",
  decidedDuring("singly", singly),
);
export const overloadBulkFigure = figureOf(
  "overload in bulk",
  "1,000 in a request, from 200 connections",
  decidedDuring("in bulk", inBulk),
);
