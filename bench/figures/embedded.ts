// The drain without Redis: queues on BullMQ's PostgreSQL backend, as the embedded mode uses them.

import { uniformBasket } from "../support/catalogue.ts";
import { drain, drainEmptyJobs } from "../support/drain.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";

const drainEmbedded: Measurement = {
  name: "drain on PostgreSQL's queues",
  unit: "orders/s",
  needs: [],
  async take(lab) {
    const what = { on: "PostgreSQL", basket: uniformBasket } as const;
    return (await drain(lab, { ...what, orders: lab.amounts.embeddedOrders })).ordersPerSecond;
  },
};

const emptyJobs: Measurement = {
  name: "empty jobs on PostgreSQL",
  unit: "jobs/s",
  needs: [],
  take: (lab) => drainEmptyJobs(lab, "PostgreSQL", lab.amounts.embeddedOrders),
};

export const embeddedFigure: Figure = {
  id: "embedded",
  title: "embedded",
  measured: "drain on the PostgreSQL backend",
  yardstick: "its worker that does nothing",
  unit: "orders/s",
  ...ratioOf(drainEmbedded, emptyJobs),
  goal: { atLeast: 0.7 },
};
