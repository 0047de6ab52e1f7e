// How fast long orders are decided: baskets like a wholesaler's real ones, counted in lines.

import { realBasket } from "../support/catalogue.ts";
import { drain } from "../support/drain.ts";
import type { Figure, Measurement } from "../support/figure.ts";
import { drainUniform } from "./drain.ts";

const drainWide: Measurement = {
  name: "drain, real baskets",
  unit: "lines/s",
  needs: ["redis-server"],
  async take(lab) {
    const { baskets: orders } = lab.amounts;
    return (await drain(lab, { on: "Redis", orders, basket: realBasket })).linesPerSecond;
  },
};

const linesOfUniform = 2;

export const wideFigure: Figure = {
  id: "wide",
  title: "wide",
  measured: "drain with real baskets: median 9 lines, some of hundreds",
  yardstick: "drain, in lines",
  unit: "lines/s",
  measurements: [drainUniform, drainWide],
  compare: (valueOf) => ({
    measured: valueOf(drainWide),
    yardstick: linesOfUniform * valueOf(drainUniform),
  }),
  goal: { atLeast: 1 },
};
