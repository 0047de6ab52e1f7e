import { describe, expect, test } from "vitest";
import { isLow, isOutOfStock, limitOf } from "../../../src/domain/stock/stock-holder.ts";
import { buildHolder } from "../support/build-holder.ts";

describe("the limit of a holder", () => {
  test.each([
    [5, 5],
    [0, 0],
    [-3, 0],
    [null, 0],
  ])("a threshold of %s makes a limit of %i", (threshold, limit) => {
    expect(limitOf(threshold)).toBe(limit);
  });
});

describe("low and out of stock", () => {
  test("5 units with a threshold of 5 are out of stock", () => {
    const holder = buildHolder({ units: 5, threshold: 5 });
    expect(isLow(holder)).toBe(true);
    expect(isOutOfStock(holder)).toBe(true);
  });

  test("one unit above the threshold is neither low nor out of stock", () => {
    const holder = buildHolder({ units: 6, threshold: 5 });
    expect(isLow(holder)).toBe(false);
    expect(isOutOfStock(holder)).toBe(false);
  });

  test("a holder that sells below its threshold is low at it, and out of stock at zero", () => {
    const holder = { threshold: 5, sellBelowThreshold: true };
    expect(isLow(buildHolder({ ...holder, units: 5 }))).toBe(true);
    expect(isOutOfStock(buildHolder({ ...holder, units: 5 }))).toBe(false);
    expect(isOutOfStock(buildHolder({ ...holder, units: 1 }))).toBe(false);
    expect(isOutOfStock(buildHolder({ ...holder, units: 0 }))).toBe(true);
  });

  test.each([null, -4])(
    "with a threshold of %s, the last unit still sells and zero is out",
    (threshold) => {
      expect(isOutOfStock(buildHolder({ units: 1, threshold }))).toBe(false);
      expect(isOutOfStock(buildHolder({ units: 0, threshold }))).toBe(true);
    },
  );
});
