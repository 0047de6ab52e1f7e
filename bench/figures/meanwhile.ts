// Whether orders of other products wait while receipts serve the pre-orders of one. If they waited for its lock, their
// p99 would be the time of a receipt.

import { setTimeout as sleep } from "node:timers/promises";
import { jobOrdersMax } from "../../src/queues/jobs/process-order.ts";
import { untilEmpty } from "../support/drain.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";
import { startApi } from "../support/load.ts";
import { expectAllServed, placePreOrders, receiveUnits } from "../support/pre-orders.ts";
import { withStore } from "../support/store.ts";
import { throughRate } from "./through.ts";
import { orderWait, startWaitingLoad } from "./wait.ts";

/** Receipts during the measurement. They take more than one in a hundred of its seconds, so the p99 shows them. */
const receipts = 3;

const waitMeanwhile: Measurement = {
  name: "p99 of Prefer: wait, while pre-orders are served",
  unit: "ms",
  needs: ["redis-server"],
  take: (lab, medianOf) =>
    withStore(lab, "Redis", async (store) => {
      const { preOrders, wait } = lab.amounts;
      const [{ url }] = await Promise.all([startApi(store), store.startService("worker")]);
      await placePreOrders(store, preOrders * receipts, jobOrdersMax);
      const load = startWaitingLoad(lab, store, url, medianOf(throughRate));
      const receiveAll = async (): Promise<void> => {
        await sleep(wait.warmupMs);
        for (let receipt = 0; receipt < receipts; receipt += 1) {
          await sleep(wait.measureMs / (receipts + 1) / 2);
          const ms = await receiveUnits(url, preOrders);
          lab.report(
            `  ${preOrders.toLocaleString("en")} pre-orders served in ${Math.round(ms)} ms`,
          );
        }
      };
      const [{ p99Ms, answered }] = await Promise.all([load.result, receiveAll()]);
      await untilEmpty(store.backend.queues["process-order"]);
      await expectAllServed(store);
      await store.books.check({ orders: answered + preOrders * receipts });
      return p99Ms;
    }),
};

const { measurements, compare } = ratioOf(waitMeanwhile, orderWait);

export const meanwhileFigure: Figure = {
  id: "meanwhile",
  title: "meanwhile",
  measured:
    "p99 of POST /orders with Prefer: wait, at a quarter of through, while receipts serve 10,000 pre-orders of another product each (--quick: 1,000)",
  yardstick: "the same without receipts",
  unit: "ms",
  measurements: [throughRate, ...measurements],
  compare,
  goal: { atMost: 5 },
};
