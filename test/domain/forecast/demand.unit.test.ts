import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DaySales, demandOf, usualTimes } from "../../../src/domain/forecast/demand.ts";

const day = (unitsSold: number, inStock = 1): DaySales => ({ unitsSold, inStock });
const days = (count: number, unitsSold: number, inStock = 1): DaySales[] =>
  Array.from({ length: count }, () => day(unitsSold, inStock));

describe("the demand of a day", () => {
  test.each<[string, DaySales[], number, number]>([
    ["is the mean of days in stock", [...days(7, 2), ...days(7, 4)], 3, 14],
    ["does not count days without stock", [...days(10, 3), ...days(18, 0, 0)], 3, 10],
    ["counts days on which nothing was bought", [...days(10, 3), ...days(20, 0)], 1, 30],
    ["counts the part of a day", [day(4), day(2, 0.5)], 4, 1.5],
    ["of a single day is what it sold", [day(9)], 9, 1],
    ["of less than a day is what it sold", [day(7, 0.25)], 7, 0.25],
    [
      "of a single day among many is kept: nothing says that it is unusual",
      [day(56), ...days(27, 0)],
      2,
      28,
    ],
    ["lets a pallet count as eight usual days", [day(1_000), ...days(27, 2)], (54 + 16) / 28, 28],
    ["keeps two large days, which tell of each other", [day(100), day(100), ...days(8, 0)], 20, 10],
    ["is nothing if nothing was bought", days(28, 0), 0, 28],
  ])("%s", (_words, some, unitsPerDay, daysInStock) => {
    const demand = demandOf(some);
    expect(demand?.unitsPerDay).toBeCloseTo(unitsPerDay, 9);
    expect(demand?.daysInStock).toBe(daysInStock);
  });

  test("is unknown if the item was never in stock", () => {
    expect(demandOf([])).toBeNull();
    expect(demandOf(days(28, 0, 0))).toBeNull();
  });

  const some = fc.array(
    fc.record({ unitsSold: fc.nat(1_000), inStock: fc.constantFrom(0.25, 0.5, 1) }),
    { minLength: 1, maxLength: 28 },
  );

  test("does not change with days without stock, nor with the order of the days", () => {
    fc.assert(
      fc.property(some, fc.nat(20), (sold, without) => {
        const demand = demandOf(sold);
        const other = demandOf([...days(without, 0, 0), ...sold.toReversed()]);
        expect(other?.unitsPerDay).toBeCloseTo(demand?.unitsPerDay ?? NaN, 6);
        expect(other?.unevenness).toBeCloseTo(demand?.unevenness ?? NaN, 6);
      }),
    );
  });

  test("is never more than the mean of its days, and sets aside at most one day", () => {
    fc.assert(
      fc.property(some, (sold) => {
        const demand = demandOf(sold);
        if (demand === null) throw new Error("No demand.");
        expect(demand.unitsPerDay).toBeLessThanOrEqual(demand.unitsSold / demand.daysInStock);
        expect(demand.unusual).toBeLessThanOrEqual(Math.max(...sold.map((one) => one.unitsSold)));
        expect(demand.unusual).toBeGreaterThanOrEqual(0);
        expect(demand.unevenness).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  test("of days that sell about the same sets nothing aside", () => {
    const even = fc.array(fc.integer({ min: 10, max: 10 * usualTimes }), {
      minLength: 2,
      maxLength: 28,
    });
    fc.assert(
      fc.property(even, (sold) => {
        expect(demandOf(sold.map((units) => day(units)))?.unusual).toBe(0);
      }),
    );
  });
});
