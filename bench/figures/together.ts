// How fast a worker decides the queue of a busy moment, in which orders that were stored together share a job.

import { uniformBasket } from "../support/catalogue.ts";
import { drain } from "../support/drain.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";
import { emptyJobs } from "./drain.ts";

/** About as many orders as intake stores together for 64 concurrent checkouts. */
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
  measured: "drain of orders that came together, so that 30 share a job",
  yardstick: "empty jobs, one for each order",
  unit: "orders/s",
  ...ratioOf(drainTogether, emptyJobs),
  goal: null,
};
