// Whether a worker needs more memory when more orders wait for it.

import { uniformBasket } from "../support/catalogue.ts";
import { drain } from "../support/drain.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";
import type { Laboratory } from "../support/laboratory.ts";

const megabyte = 1024 * 1024;

const peakWith = (name: string, amountOf: (lab: Laboratory) => number): Measurement => ({
  name,
  unit: "MB",
  needs: ["redis-server", "/proc"],
  async take(lab) {
    const orders = amountOf(lab);
    const { peakMemory } = await drain(lab, { on: "Redis", orders, basket: uniformBasket });
    return peakMemory / megabyte;
  },
});

const peakWithMany = peakWith("peak memory, many wait", (lab) => lab.amounts.waiting.many);
const peakWithFew = peakWith("peak memory, few wait", (lab) => lab.amounts.waiting.few);

export const memoryFigure: Figure = {
  id: "memory",
  title: "memory",
  measured: "a worker's peak memory with 100,000 orders waiting (--quick: 5,000)",
  yardstick: "with 1,000 (--quick: 500)",
  unit: "MB",
  ...ratioOf(peakWithMany, peakWithFew),
  goal: { atMost: 1.2 },
};
