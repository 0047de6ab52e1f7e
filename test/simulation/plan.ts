// What a run does, as it follows from its seed: the stock, what clients want, and the faults.

import type { Random } from "./random.ts";

/** A stock level at first. */
export type Level = {
  readonly id: number;
  readonly units: number;
  readonly allowNegativeStock: boolean;
};

/** An order, and what its client does with it. */
export type Order = {
  readonly reference: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** When it is sent, in milliseconds. */
  readonly at: number;
  /** How often it is sent at the same time. */
  readonly copies: number;
  /** How long it may be paid, in milliseconds; null if without a limit. */
  readonly payWithinMs: number | null;
  readonly waits: boolean;
  /** What comes after its acceptance, so many milliseconds later. */
  readonly next: readonly { readonly act: "pay" | "retake" | "cancel"; readonly afterMs: number }[];
};

/** An adjustment of a count. */
export type Adjustment = {
  readonly key: string;
  readonly sku: string;
  readonly units: number;
  readonly at: number;
};

/** Every kind of fault. */
export const faultKinds = [
  "kill",
  "freeze",
  "cut a connection",
  "restart the database",
  "take the queue away",
  "flush the queue",
  "lose the lists of the queue",
  "lose the locks of jobs",
  "repeat a job",
] as const;

/** A fault: after so many steps, or after so many milliseconds. */
export type Fault = {
  readonly kind: (typeof faultKinds)[number];
  readonly afterSteps: number | null;
  readonly afterMs: number;
};

/** What a run does. */
export type Plan = {
  readonly takesStockWhenPaid: boolean;
  readonly levels: readonly Level[];
  readonly orders: readonly Order[];
  readonly adjustments: readonly Adjustment[];
  readonly apis: number;
  readonly workers: number;
  readonly jobsMax: number;
  readonly batching: {
    readonly ordersMax: number;
    readonly linesMax: number;
    readonly lingerMs: number;
  };
  readonly faults: readonly Fault[];
};

/** How many units each adjustment adds. All differ, so that the ledger shows which was made twice. */
const adjustedUnits = [1, -1, 2, -2, 5];

/** Draws a plan. A quarter of all runs have no fault: in these, nothing may be lost that the sweeper must find. */
export function drawPlan(random: Random): Plan {
  const takesStockWhenPaid = random.chance(0.25);
  const levels = Array.from({ length: random.whole(1, 3) }, (_none, at) => ({
    id: at + 1,
    units: random.whole(0, 8),
    allowNegativeStock: random.chance(0.15),
  }));
  const rushMs = random.pick([0, 5, 50, 2_000]);
  const orders = Array.from({ length: random.whole(2, 10) }, (_none, at) =>
    drawOrder(random, { reference: `R${at}`, levels, rushMs, takesStockWhenPaid }),
  );
  const adjustments = adjustedUnits.slice(0, random.whole(0, 3)).map((units, at) => ({
    key: `A${at}`,
    sku: `ITEM-${random.pick(levels).id}`,
    units,
    at: random.whole(0, rushMs + 20),
  }));
  const faults = random.chance(0.25) ? 0 : random.whole(1, 6);
  return {
    takesStockWhenPaid,
    levels,
    orders,
    adjustments,
    apis: random.whole(1, 2),
    workers: random.whole(1, 2),
    jobsMax: random.whole(1, 3),
    batching: {
      ordersMax: random.whole(1, 6),
      linesMax: random.whole(2, 12),
      lingerMs: random.pick([0, 2, 20]),
    },
    faults: Array.from({ length: faults }, () => ({
      kind: random.pick(faultKinds),
      afterSteps: random.chance(0.8) ? random.whole(1, 400) : null,
      afterMs: random.pick([1, 20, 500, 5_000, 30_000]),
    })),
  };
}

function drawOrder(
  random: Random,
  from: Pick<Plan, "levels" | "takesStockWhenPaid"> & {
    readonly reference: string;
    readonly rushMs: number;
  },
): Order {
  const { reference, levels, rushMs, takesStockWhenPaid } = from;
  const payWithinMs = random.chance(0.3) ? random.pick([200, 3_000, 20_000]) : null;
  const ids = random.chance(0.5)
    ? levels.map(({ id }) => id).toReversed()
    : [random.pick(levels).id];
  const pays = random.chance(takesStockWhenPaid ? 0.8 : 0.3);
  const later = (): number => random.pick([0, 5, 150, 3_000]);
  return {
    reference,
    lines: ids.map((id) => ({ sku: `ITEM-${id}`, quantity: random.whole(1, 3) })),
    at: random.whole(0, rushMs),
    copies: random.chance(0.2) ? 2 : 1,
    payWithinMs,
    waits: random.chance(0.3),
    next: [
      ...(pays
        ? [{ act: random.chance(0.3) ? ("retake" as const) : ("pay" as const), afterMs: later() }]
        : []),
      ...(random.chance(0.2) ? [{ act: "cancel" as const, afterMs: later() }] : []),
    ],
  };
}
