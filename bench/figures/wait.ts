// How long a checkout waits for the decision, compared with BullMQ's own wait for an empty job. Both at a quarter of the
// rate that the system sustains.

import * as z from "zod";
import { untilEmpty, workerConcurrency } from "../support/drain.ts";
import type { Figure, Measurement } from "../support/figure.ts";
import type { Laboratory } from "../support/laboratory.ts";
import { type Load, orderLoad, startApi, startLoad } from "../support/load.ts";
import { type Store, withStore } from "../support/store.ts";
import { throughRate } from "./through.ts";

const shareOfThrough = 0.25;
const waitSeconds = 10;

/** Starts a load of orders whose clients wait for the decision, at a share of the rate that the system sustains. */
export function startWaitingLoad(
  lab: Laboratory,
  store: Store,
  url: string,
  through: number,
): Load {
  return startLoad(store, {
    ...orderLoad(lab, url),
    ...lab.amounts.wait,
    // Enough, so that no request waits for a free connection.
    connections: 512,
    perSecond: shareOfThrough * through,
    request: { kind: "order", waitSeconds },
    expected: 201,
  });
}

export const orderWait: Measurement = {
  name: "p99 of Prefer: wait",
  unit: "ms",
  needs: ["redis-server"],
  take: (lab, medianOf) =>
    withStore(lab, "Redis", async (store) => {
      const [{ url }] = await Promise.all([startApi(store), store.startService("worker")]);
      const load = startWaitingLoad(lab, store, url, medianOf(throughRate));
      const { p99Ms, answered } = await load.result;
      await untilEmpty(store.backend.queues["process-order"]);
      await store.books.check({ orders: answered });
      return p99Ms;
    }),
};

const emptyJobWait: Measurement = {
  name: "p99 of an empty job's waitUntilFinished",
  unit: "ms",
  needs: ["redis-server"],
  take: (lab, medianOf) =>
    withStore(lab, "Redis", async (store) => {
      const settings = JSON.stringify({ concurrency: workerConcurrency() });
      const worker = store.startProgram("empty-plain-worker", [settings]);
      await worker.receive((message) => message);
      const perSecond = shareOfThrough * medianOf(throughRate);
      const waiter = store.startProgram("empty-waiter", [
        JSON.stringify({ perSecond, ...lab.amounts.wait }),
      ]);
      const result = z.object({ p99Ms: z.number() });
      return (await waiter.receive((message) => result.safeParse(message).data)).p99Ms;
    }),
};

export const waitFigure: Figure = {
  id: "wait",
  title: "wait",
  measured: "p99 of POST /orders with Prefer: wait, at a quarter of through",
  yardstick: "p99 of an empty BullMQ job's waitUntilFinished at the same rate",
  unit: "ms",
  measurements: [throughRate, emptyJobWait, orderWait],
  compare: (valueOf) => ({ measured: valueOf(orderWait), yardstick: valueOf(emptyJobWait) }),
  goal: { atMost: 2 },
};
