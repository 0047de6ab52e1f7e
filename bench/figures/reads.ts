// How fast the storefront's reads are while orders come at the rate that the system sustains.

import { untilEmpty } from "../support/drain.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";
import type { Laboratory } from "../support/laboratory.ts";
import { orderLoad, startApi, startLoad } from "../support/load.ts";
import type { LoadSpec } from "../support/load-spec.ts";
import { withStore } from "../support/store.ts";
import { throughRate } from "./through.ts";

const readLoad = (lab: Laboratory, url: string): LoadSpec => ({
  ...orderLoad(lab, url),
  request: { kind: "availability", skus: 20 },
  expected: 200,
});

const readsBusy: Measurement = {
  name: "reads, under load",
  unit: "reads/s",
  needs: ["redis-server"],
  take: (lab, medianOf) =>
    withStore(lab, "Redis", async (store) => {
      const [{ url }] = await Promise.all([startApi(store), store.startService("worker")]);
      const orders = startLoad(store, { ...orderLoad(lab, url), perSecond: medianOf(throughRate) });
      const reads = startLoad(store, readLoad(lab, url));
      const [{ perSecond }, placed] = await Promise.all([reads.result, orders.result]);
      lab.report(`  during ${placed.perSecond.toFixed(0)} orders/s`);
      await untilEmpty(store.backend.queues["process-order"]);
      await store.books.check({ orders: placed.answered });
      return perSecond;
    }),
};

const readsIdle: Measurement = {
  name: "reads, idle",
  unit: "reads/s",
  needs: ["redis-server"],
  take: (lab) =>
    withStore(lab, "Redis", async (store) => {
      const [{ url }] = await Promise.all([startApi(store), store.startService("worker")]);
      return (await startLoad(store, readLoad(lab, url)).result).perSecond;
    }),
};

const { measurements, compare } = ratioOf(readsBusy, readsIdle);

export const readsFigure: Figure = {
  id: "reads",
  title: "reads",
  measured:
    "GET /availability of 20 SKUs, 64 connections, while orders are sent at the rate of through",
  yardstick: "the same, idle",
  unit: "reads/s",
  measurements: [throughRate, ...measurements],
  compare,
  goal: { atLeast: 0.5 },
};
