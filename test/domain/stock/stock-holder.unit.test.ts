import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planOrder } from "../../../src/domain/order/plan-order.ts";
import {
  heldBack,
  isCounted,
  isLow,
  isOutOfStock,
  limitOf,
  outOfStockAt,
  sellableUnits,
  type StockHolder,
  stockStateOf,
  stockStates,
} from "../../../src/domain/stock/stock-holder.ts";
import { arbitraryHolder } from "../support/arbitrary-batch.ts";
import { buildHolder } from "../support/build-holder.ts";
import { buildLine } from "../support/build-order.ts";

describe("the levels of a holder", () => {
  test.each([
    // threshold, outOfStockThreshold, out of stock at, limit
    [5, null, 5, 5],
    [0, null, 0, 0],
    [-3, null, 0, 0],
    [null, null, 0, 0],
    [10, 3, 3, 10],
    [10, 0, 0, 10],
    [null, 4, 4, 4],
    [-3, 2, 2, 2],
    // The lower level above the upper one: what is out of stock is also low.
    [3, 10, 10, 10],
    [7, 7, 7, 7],
  ])("thresholds of %s and %s: out of stock at %i, low at %i", (threshold, lower, out, limit) => {
    const levels = { threshold, outOfStockThreshold: lower };
    expect(outOfStockAt(levels)).toBe(out);
    expect(limitOf(levels)).toBe(limit);
  });
});

type Expected = readonly [sellable: number | null, held: number, state: string, out: boolean];

describe("what is sold, what is held back, and the state", () => {
  test.each<[Partial<StockHolder>, ...Expected]>([
    // The manual's rule: nothing at or below the stock alert threshold, all units above it.
    [{ units: 6, threshold: 5 }, 6, 0, "in-stock", false],
    [{ units: 5, threshold: 5 }, 0, 5, "held-back", true],
    [{ units: 1, threshold: 5 }, 0, 1, "held-back", true],
    [{ units: 0, threshold: 5 }, 0, 0, "none-left", true],
    [{ units: 1, threshold: null }, 1, 0, "in-stock", false],
    [{ units: 0, threshold: null }, 0, 0, "none-left", true],
    [{ units: 1, threshold: -4 }, 1, 0, "in-stock", false],
    // A number keeps so many units back.
    [{ units: 11, threshold: 10, outOfStockThreshold: 3 }, 8, 3, "in-stock", false],
    [{ units: 10, threshold: 10, outOfStockThreshold: 3 }, 7, 3, "low", false],
    [{ units: 4, threshold: 10, outOfStockThreshold: 3 }, 1, 3, "low", false],
    [{ units: 3, threshold: 10, outOfStockThreshold: 3 }, 0, 3, "held-back", true],
    [{ units: 1, threshold: 10, outOfStockThreshold: 3 }, 0, 1, "held-back", true],
    [{ units: 0, threshold: 10, outOfStockThreshold: 3 }, 0, 0, "none-left", true],
    [{ units: 4, threshold: null, outOfStockThreshold: 3 }, 1, 3, "in-stock", false],
    // Zero sells to the last unit.
    [{ units: 5, threshold: 5, outOfStockThreshold: 0 }, 5, 0, "low", false],
    [{ units: 1, threshold: 5, outOfStockThreshold: 0 }, 1, 0, "low", false],
    [{ units: 0, threshold: 5, outOfStockThreshold: 0 }, 0, 0, "none-left", true],
    // The lower level above the upper one.
    [{ units: 11, threshold: 3, outOfStockThreshold: 10 }, 1, 10, "in-stock", false],
    [{ units: 10, threshold: 3, outOfStockThreshold: 10 }, 0, 10, "held-back", true],
    [{ units: 2, threshold: 3, outOfStockThreshold: 10 }, 0, 2, "held-back", true],
    // With pre-orders or negative stock no unit is held back: below its levels the holder is low.
    [{ units: 5, threshold: 5, allowPreOrder: true }, null, 0, "low", true],
    [{ units: 2, outOfStockThreshold: 3, allowPreOrder: true }, null, 0, "low", true],
    [{ units: 0, threshold: 5, allowPreOrder: true }, null, 0, "none-left", true],
    [{ units: 5, threshold: 5, allowNegativeStock: true }, null, 0, "low", true],
    [{ units: -2, allowNegativeStock: true }, null, 0, "none-left", true],
    // A count below zero from the time when negative stock was allowed.
    [{ units: -2, outOfStockThreshold: 3 }, 0, 0, "none-left", true],
    [{ units: 5, threshold: 5, inUse: false }, 0, 0, "low", true],
  ])("%o", (changes, sellable, held, state, out) => {
    const holder = buildHolder(changes);
    expect(sellableUnits(holder)).toBe(sellable);
    expect(heldBack(holder)).toBe(held);
    expect(stockStateOf(holder)).toBe(state);
    expect(isOutOfStock(holder)).toBe(out);
  });

  test("an untracked holder sells without a limit, and holds nothing back", () => {
    const holder = buildHolder({ units: 2, threshold: 5, tracked: false });
    expect([sellableUnits(holder), heldBack(holder)]).toEqual([null, 0]);
  });
});

const hasNoExceptions = (holder: StockHolder): boolean =>
  isCounted(holder) && !holder.allowPreOrder && !holder.allowNegativeStock;

function forEveryHolder(check: (holder: StockHolder) => void): void {
  fc.assert(fc.property(arbitraryHolder(1), check), { numRuns: 1_000 });
}

function forEveryPlainHolder(check: (holder: StockHolder) => void): void {
  fc.assert(fc.property(arbitraryHolder(1).filter(hasNoExceptions), check), { numRuns: 1_000 });
}

/** Sells one unit after the other until an order is rejected; returns the units that are left. */
function sellOut(holder: StockHolder): number {
  let { units } = holder;
  while (planOrder([buildLine(1, 1)], () => ({ ...holder, units })).status === "confirmed") {
    units -= 1;
  }
  return units;
}

describe("for every holder", () => {
  test("what is out of stock is also low, whichever of both thresholds is higher", () => {
    forEveryHolder((holder) => {
      if (isOutOfStock(holder)) expect(isLow(holder)).toBe(true);
      expect(limitOf(holder)).toBeGreaterThanOrEqual(outOfStockAt(holder));
    });
  });

  test("units in stock are either sold or held back", () => {
    forEveryPlainHolder((holder) => {
      const sellable = sellableUnits(holder) ?? Number.NaN;
      expect(sellable + heldBack(holder)).toBe(Math.max(0, holder.units));
      expect(Math.min(sellable, heldBack(holder))).toBeGreaterThanOrEqual(0);
    });
  });

  test("its state is held-back or none-left exactly if not one unit can be had", () => {
    forEveryPlainHolder((holder) => {
      const isNotSold = ["held-back", "none-left"].includes(stockStateOf(holder));
      expect(isNotSold).toBe(sellableUnits(holder) === 0);
      expect(isNotSold).toBe(isOutOfStock(holder));
      expect(isNotSold).toBe(planOrder([buildLine(1, 1)], () => holder).status === "rejected");
    });
  });

  test("fewer units never make a better state, nor more units to be had", () => {
    fc.assert(
      fc.property(arbitraryHolder(1), fc.nat(6), (holder, fewer) => {
        const less = { ...holder, units: holder.units - fewer };
        const rank = (of: StockHolder) => stockStates.indexOf(stockStateOf(of));
        expect(rank(less)).toBeGreaterThanOrEqual(rank(holder));
        const had = sellableUnits(holder);
        expect(had === null || (sellableUnits(less) ?? Number.NaN) <= had).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test("orders of one unit leave what is kept back, or the manual's stock alert threshold", () => {
    forEveryPlainHolder((holder) => {
      const { units, threshold, outOfStockThreshold } = holder;
      const kept = Math.max(0, outOfStockThreshold ?? threshold ?? 0);
      expect(sellOut(holder)).toBe(Math.min(units, kept));
    });
  });

  test("with a threshold of 0 the stock alert threshold only warns", () => {
    forEveryPlainHolder((holder) => {
      const warns = { ...holder, outOfStockThreshold: 0 };
      expect(sellableUnits(warns)).toBe(Math.max(0, holder.units));
      expect(heldBack(warns)).toBe(0);
    });
  });

  test("a pre-order takes every unit there is, whatever the thresholds say", () => {
    fc.assert(
      fc.property(arbitraryHolder(1), fc.integer({ min: 1, max: 20 }), (any, quantity) => {
        const holder = { ...any, tracked: true, inUse: true, allowPreOrder: true };
        if (holder.allowNegativeStock) return;
        const plan = planOrder([buildLine(1, quantity)], () => holder);
        const allocated = Math.min(quantity, Math.max(holder.units, 0));
        expect(plan).toMatchObject({ lines: [{ allocated, preOrdered: quantity - allocated }] });
        expect(heldBack(holder)).toBe(0);
      }),
    );
  });
});
