import { describe, expect, test } from "vitest";
import { type OrderPlan, planOrder, type Shortage } from "../../../src/domain/order/plan-order.ts";
import type { StockHolder } from "../../../src/domain/stock/stock-holder.ts";
import { buildHolder } from "../support/build-holder.ts";
import { buildLine } from "../support/build-order.ts";

/** Decides an order of lines that all draw on one holder. */
const decide = (changes: Partial<StockHolder>, ...quantities: readonly number[]): OrderPlan =>
  planOrder(
    quantities.map((quantity, index) => buildLine(1, quantity, index + 1)),
    () => buildHolder(changes),
  );

/** A shortage of holder 1 that has nothing, changed as asked. */
const shortage = (changes: Partial<Shortage> & Pick<Shortage, "reason" | "requested">) => ({
  holderId: 1,
  available: 0,
  unitsInStock: 0,
  heldBack: 0,
  outOfStockAt: 0,
  ...changes,
});

const shares = (plan: OrderPlan) =>
  plan.status === "confirmed"
    ? plan.lines.map(({ allocated, preOrdered }) => [allocated, preOrdered])
    : plan.status;

describe("an order on a holder that is out of use", () => {
  test("is rejected whatever its policy and its units are, and told that it is no longer sold", () => {
    for (const policy of [{}, { allowNegativeStock: true }, { allowPreOrder: true }]) {
      expect(decide({ units: 4, inUse: false, ...policy }, 1)).toEqual({
        status: "rejected",
        shortages: [shortage({ reason: "no-longer-sold", requested: 1, unitsInStock: 4 })],
      });
    }
  });

  test("is accepted where it is not tracked: no count is moved", () => {
    expect(shares(decide({ tracked: false, inUse: false }, 3))).toEqual([[0, 0]]);
  });
});

describe("an order on a holder that sells what it has", () => {
  test("takes the last unit", () => {
    expect(decide({ units: 4 }, 4)).toEqual({
      status: "confirmed",
      lines: [{ ...buildLine(1, 4), tracked: true, allocated: 4, preOrdered: 0 }],
      takes: [{ holderId: 1, units: 4 }],
    });
  });

  test("is rejected for one unit too many, and told what there was", () => {
    expect(decide({ units: 4 }, 5)).toEqual({
      status: "rejected",
      shortages: [
        shortage({ reason: "insufficient-stock", requested: 5, available: 4, unitsInStock: 4 }),
      ],
    });
  });

  test("is rejected where nothing is left", () => {
    expect(decide({ units: 0 }, 1)).toEqual({
      status: "rejected",
      shortages: [shortage({ reason: "out-of-stock", requested: 1 })],
    });
  });

  test("is rejected at the threshold: 5 units with a threshold of 5 are out of stock", () => {
    expect(decide({ units: 5, threshold: 5 }, 1)).toEqual({
      status: "rejected",
      shortages: [
        shortage({
          reason: "out-of-stock",
          requested: 1,
          unitsInStock: 5,
          heldBack: 5,
          outOfStockAt: 5,
        }),
      ],
    });
  });

  test("may take all units while there are more than the threshold", () => {
    expect(shares(decide({ units: 6, threshold: 5 }, 6))).toEqual([[6, 0]]);
  });

  test("takes what is above the units that are kept back, and no more", () => {
    const holder = { units: 10, threshold: 5, outOfStockThreshold: 2 };
    expect(shares(decide(holder, 8))).toEqual([[8, 0]]);
    expect(decide(holder, 9)).toEqual({
      status: "rejected",
      shortages: [
        shortage({
          reason: "insufficient-stock",
          requested: 9,
          available: 8,
          unitsInStock: 10,
          heldBack: 2,
          outOfStockAt: 2,
        }),
      ],
    });
    expect(decide({ ...holder, units: 2 }, 1)).toMatchObject({
      shortages: [{ reason: "out-of-stock", available: 0, unitsInStock: 2, heldBack: 2 }],
    });
  });

  test("takes the last unit where no unit is kept back, whatever the stock alert threshold", () => {
    expect(shares(decide({ units: 5, threshold: 5, outOfStockThreshold: 0 }, 5))).toEqual([[5, 0]]);
  });

  test("is decided on the sum of its lines, which can't each pass alone and oversell together", () => {
    expect(decide({ units: 5 }, 3, 3)).toEqual({
      status: "rejected",
      shortages: [
        shortage({ reason: "insufficient-stock", requested: 6, available: 5, unitsInStock: 5 }),
      ],
    });
    expect(decide({ units: 6 }, 3, 3)).toMatchObject({
      status: "confirmed",
      takes: [{ holderId: 1, units: 6 }],
    });
  });
});

describe("an order on a holder that takes pre-orders", () => {
  test("gets what is there and a promise of the rest", () => {
    expect(decide({ units: 2, allowPreOrder: true }, 5)).toMatchObject({
      lines: [{ allocated: 2, preOrdered: 3 }],
      takes: [{ holderId: 1, units: 2 }],
    });
  });

  test("gets units from stock also below the threshold", () => {
    expect(shares(decide({ units: 5, threshold: 5, allowPreOrder: true }, 3))).toEqual([[3, 0]]);
  });

  test("takes nothing where nothing is there, or less than nothing", () => {
    expect(decide({ units: 0, allowPreOrder: true }, 3)).toMatchObject({
      lines: [{ allocated: 0, preOrdered: 3 }],
      takes: [],
    });
    expect(decide({ units: -2, allowPreOrder: true }, 3)).toMatchObject({
      lines: [{ allocated: 0, preOrdered: 3 }],
      takes: [],
    });
  });

  test("serves its lines in their order", () => {
    expect(shares(decide({ units: 4, allowPreOrder: true }, 3, 3, 3))).toEqual([
      [3, 0],
      [1, 2],
      [0, 3],
    ]);
  });
});

describe("an order on a holder that may go below zero", () => {
  test("takes everything from stock", () => {
    expect(decide({ units: 2, allowNegativeStock: true }, 5)).toMatchObject({
      lines: [{ allocated: 5, preOrdered: 0 }],
      takes: [{ holderId: 1, units: 5 }],
    });
  });

  test("pre-orders nothing, though the holder would allow that too", () => {
    const holder = { units: -1, allowNegativeStock: true, allowPreOrder: true };
    expect(shares(decide(holder, 5))).toEqual([[5, 0]]);
  });
});

describe("an order on an untracked holder", () => {
  test("is accepted whatever the count says, and takes nothing", () => {
    expect(decide({ units: 0, tracked: false }, 5)).toEqual({
      status: "confirmed",
      lines: [{ ...buildLine(1, 5), tracked: false, allocated: 0, preOrdered: 0 }],
      takes: [],
    });
  });
});

describe("an order on several holders", () => {
  const holders = [
    buildHolder({ id: 1, units: 3 }),
    buildHolder({ id: 2, units: 0 }),
    buildHolder({ id: 3, units: 1 }),
  ];
  const holderOf = (id: number): StockHolder => {
    const holder = holders.find((candidate) => candidate.id === id);
    if (holder === undefined) throw new Error(`no holder ${id}`);
    return holder;
  };

  test("is rejected whole, with every short holder named", () => {
    expect(planOrder([buildLine(1, 3), buildLine(2, 1), buildLine(3, 4)], holderOf)).toEqual({
      status: "rejected",
      shortages: [
        shortage({ holderId: 2, reason: "out-of-stock", requested: 1 }),
        shortage({
          holderId: 3,
          reason: "insufficient-stock",
          requested: 4,
          available: 1,
          unitsInStock: 1,
        }),
      ],
    });
  });

  test("keeps its lines in their order and takes once from each holder", () => {
    const plan = planOrder([buildLine(3, 1), buildLine(1, 1), buildLine(1, 2, 9)], holderOf);
    expect(plan).toMatchObject({
      lines: [{ itemId: 3 }, { itemId: 1 }, { itemId: 9 }],
      takes: [
        { holderId: 3, units: 1 },
        { holderId: 1, units: 3 },
      ],
    });
  });

  test("throws where a line names a holder that was not given", () => {
    expect(() => planOrder([buildLine(7, 1)], holderOf)).toThrow("no holder 7");
  });
});
