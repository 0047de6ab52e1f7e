// How fast one receipt serves the orders that wait for its units, in one transaction.

import { jobOrdersMax } from "../../src/queues/jobs/process-order.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";
import { startApi } from "../support/load.ts";
import { expectAllServed, placePreOrders, receiveUnits } from "../support/pre-orders.ts";
import { withStore } from "../support/store.ts";
import { drainHot } from "./hot.ts";

const serveAll: Measurement = {
  name: "a receipt for waiting pre-orders",
  unit: "orders/s",
  needs: ["redis-server"],
  take: (lab) =>
    withStore(lab, "Redis", async (store) => {
      const { preOrders } = lab.amounts;
      const [{ url }] = await Promise.all([startApi(store), store.startService("worker")]);
      await placePreOrders(store, preOrders, jobOrdersMax);
      const ms = await receiveUnits(url, preOrders);
      lab.report(`  ${preOrders.toLocaleString("en")} pre-orders served in ${Math.round(ms)} ms`);
      await expectAllServed(store);
      await store.books.check({ orders: preOrders });
      return (preOrders / ms) * 1_000;
    }),
};

export const serveFigure: Figure = {
  id: "serve",
  title: "serve",
  measured: "one receipt that serves 10,000 waiting pre-orders (--quick: 1,000)",
  yardstick: "drain with one product in every order",
  unit: "orders/s",
  ...ratioOf(serveAll, drainHot),
  goal: { atLeast: 0.5 },
};
