// What contention costs: every order has the same product.

import { hotBasket } from "../support/catalogue.ts";
import { drain } from "../support/drain.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";
import { drainUniform } from "./drain.ts";

/** The drain with one product in every order. */
export const drainHot: Measurement = {
  name: "drain, one hot product",
  unit: "orders/s",
  needs: ["redis-server"],
  async take(lab) {
    const { orders } = lab.amounts;
    return (await drain(lab, { on: "Redis", orders, basket: hotBasket })).ordersPerSecond;
  },
};

export const hotFigure: Figure = {
  id: "hot",
  title: "hot",
  measured: "drain with one product in every order",
  yardstick: "drain",
  unit: "orders/s",
  ...ratioOf(drainHot, drainUniform),
  goal: { atLeast: 0.95 },
};
