// How fast one worker process decides a full queue of orders, compared with empty jobs in the same queue.

import { uniformBasket } from "../support/catalogue.ts";
import { drain, drainEmptyJobs } from "../support/drain.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";

/** The drain that most other figures are compared with. */
export const drainUniform: Measurement = {
  name: "drain, uniform",
  unit: "orders/s",
  needs: ["redis-server"],
  async take(lab) {
    const { orders } = lab.amounts;
    return (await drain(lab, { on: "Redis", orders, basket: uniformBasket })).ordersPerSecond;
  },
};

/** The yardstick of a drain. */
export const emptyJobs: Measurement = {
  name: "empty jobs on Redis",
  unit: "jobs/s",
  needs: ["redis-server"],
  take: (lab) => drainEmptyJobs(lab, "Redis", lab.amounts.orders),
};

export const drainFigure: Figure = {
  id: "drain",
  title: "drain",
  measured: "a full queue, 2 lines an order, 1,000 products, one worker, Redis",
  yardstick: "the same queue, a worker that does nothing",
  unit: "orders/s",
  ...ratioOf(drainUniform, emptyJobs),
  goal: { atLeast: 0.7 },
};
