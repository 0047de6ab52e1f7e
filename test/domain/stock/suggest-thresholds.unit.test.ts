import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { suggestThresholds } from "../../../src/domain/stock/suggest-thresholds.ts";

describe("suggested thresholds", () => {
  test.each([
    // 28 days: what sells a unit a day lasts 14 days at 14.
    [
      { unitsSold: 28, days: 28 },
      { stockAlertThreshold: 14, outOfStockThreshold: 1 },
    ],
    [
      { unitsSold: 140, days: 28 },
      { stockAlertThreshold: 70, outOfStockThreshold: 5 },
    ],
    [
      { unitsSold: 1, days: 28 },
      { stockAlertThreshold: 1, outOfStockThreshold: 0 },
    ],
    [
      { unitsSold: 27, days: 28 },
      { stockAlertThreshold: 14, outOfStockThreshold: 0 },
    ],
    [
      { unitsSold: 10, days: 7 },
      { stockAlertThreshold: 20, outOfStockThreshold: 1 },
    ],
    [{ unitsSold: 0, days: 28 }, null],
    [{ unitsSold: 50, days: 6 }, null],
  ])("of %o are %o", (sales, expected) => {
    expect(suggestThresholds(sales)).toEqual(expected);
  });

  const sales = fc.record({
    unitsSold: fc.integer({ min: 1, max: 1_000_000_000 }),
    days: fc.integer({ min: 7, max: 28 }),
  });

  test("warn before the sales stop, and rise with the sales", () => {
    fc.assert(
      fc.property(sales, fc.nat(1_000), (sold, more) => {
        const suggested = suggestThresholds(sold);
        const ofMore = suggestThresholds({ ...sold, unitsSold: sold.unitsSold + more });
        if (suggested === null || ofMore === null) throw new Error("No suggestion was made.");
        expect(suggested.stockAlertThreshold).toBeGreaterThan(suggested.outOfStockThreshold);
        expect(suggested.outOfStockThreshold).toBeGreaterThanOrEqual(0);
        expect(ofMore.stockAlertThreshold).toBeGreaterThanOrEqual(suggested.stockAlertThreshold);
        expect(ofMore.outOfStockThreshold).toBeGreaterThanOrEqual(suggested.outOfStockThreshold);
      }),
    );
  });

  test("leave at least 14 days of sales when they warn", () => {
    fc.assert(
      fc.property(sales, ({ unitsSold, days }) => {
        const warnsAt = suggestThresholds({ unitsSold, days })?.stockAlertThreshold ?? 0;
        expect(warnsAt / (unitsSold / days)).toBeGreaterThanOrEqual(14 - 1e-9);
      }),
    );
  });
});
