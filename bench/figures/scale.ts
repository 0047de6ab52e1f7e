// How much faster two worker processes are than one.

import { uniformBasket } from "../support/catalogue.ts";
import { drain } from "../support/drain.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";
import { drainUniform } from "./drain.ts";

const drainByTwo: Measurement = {
  name: "drain, two workers",
  unit: "orders/s",
  needs: ["redis-server"],
  async take(lab) {
    const what = { on: "Redis", basket: uniformBasket, workers: 2 } as const;
    return (await drain(lab, { ...what, orders: lab.amounts.orders })).ordersPerSecond;
  },
};

export const scaleFigure: Figure = {
  id: "scale",
  title: "scale",
  measured: "drain with two worker processes",
  yardstick: "drain with one",
  unit: "orders/s",
  ...ratioOf(drainByTwo, drainUniform),
  goal: null,
};
