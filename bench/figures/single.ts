// What batching saves: the drain compared with one hand-written transaction per order on the same tables.

import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";
import { decideSingly } from "../support/pgbench.ts";
import { drainUniform } from "./drain.ts";
import { drainHot } from "./hot.ts";

const singleUniform: Measurement = {
  name: "pgbench, uniform",
  unit: "orders/s",
  needs: ["pgbench"],
  take: (lab) => decideSingly(lab, "uniform"),
};

const singleHot: Measurement = {
  name: "pgbench, one hot product",
  unit: "orders/s",
  needs: ["pgbench"],
  take: (lab) => decideSingly(lab, "hot"),
};

const yardstick = "pgbench, one prepared transaction per order, 8 clients";

export const singleFigure: Figure = {
  id: "single",
  title: "single, uniform",
  measured: "drain",
  yardstick,
  unit: "orders/s",
  ...ratioOf(drainUniform, singleUniform),
  goal: { atLeast: 1.5 },
};

export const singleHotFigure: Figure = {
  id: "single",
  title: "single, hot",
  measured: "drain with one product in every order",
  yardstick: `${yardstick}, the same product in every order`,
  unit: "orders/s",
  ...ratioOf(drainHot, singleHot),
  goal: { atLeast: 6 },
};
