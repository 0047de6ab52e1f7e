// What is lost if the workers are on other machines than PostgreSQL and Redis, and whether more workers win it back. All
// rows have one yardstick, so that they can be compared with each other: one worker through the same proxies without a
// delay. Proxies cost processor time too, and only their delay shall count.

import { uniformBasket } from "../support/catalogue.ts";
import { drain } from "../support/drain.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";

/** A round trip is longer by so much, and by the lateness of a timer: stderr says how long it really is. */
const delayMs = 1;

const drainBehindProxies = (name: string, workers: number, storesDelayMs: number): Measurement => ({
  name: `drain, ${name}`,
  unit: "orders/s",
  needs: ["redis-server"],
  async take(lab) {
    const { orders } = lab.amounts;
    const what = { on: "Redis", orders, basket: uniformBasket, workers, storesDelayMs } as const;
    return (await drain(lab, what)).ordersPerSecond;
  },
});

const near = drainBehindProxies("one worker, through proxies without a delay", 1, 0);

const apart = (title: string, words: string, workers: number): Figure => ({
  id: "apart",
  title,
  measured: `drain with ${words}, each round trip to the stores 1 ms longer or more (see stderr)`,
  yardstick: "drain with one worker, through the same proxies without a delay",
  unit: "orders/s",
  ...ratioOf(drainBehindProxies(`${words}, apart`, workers, delayMs), near),
  goal: null,
});

export const apartFigures: readonly Figure[] = [
  apart("apart", "one worker", 1),
  apart("apart, two workers", "two workers", 2),
  apart("apart, four workers", "four workers", 4),
];
