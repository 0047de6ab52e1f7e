// What an order costs when the queue is as a rush leaves it: orders that were stored together share a job.

import { uniformBasket } from "../support/catalogue.ts";
import { drain } from "../support/drain.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";
import { emptyJobs } from "./drain.ts";

/** As many as intake stores at a time with 64 checkouts at once. */
const ordersPerJob = 30;

const drainTogether: Measurement = {
  name: "drain, 30 orders a job",
  unit: "orders/s",
  needs: ["redis-server"],
  async take(lab) {
    const what = { on: "Redis", basket: uniformBasket, ordersPerJob } as const;
    return (await drain(lab, { ...what, orders: lab.amounts.orders })).ordersPerSecond;
  },
};

export const togetherFigure: Figure = {
  id: "together",
  title: "together",
  measured: "drain of orders that came in a rush, so that 30 share a job",
  yardstick: "empty jobs, one for each order",
  unit: "orders/s",
  ...ratioOf(drainTogether, emptyJobs),
  goal: null,
};
