import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LedgerDay, partInStock } from "../../../src/domain/forecast/days-in-stock.ts";

const quiet: LedgerDay = {
  unitsSold: 0,
  unitsBefore: 5,
  unitsAfter: 5,
  raisedAt: null,
  changedAt: null,
};

describe("the part of a day on which an item could be sold", () => {
  test.each<[string, Partial<LedgerDay>, number | "always", number]>([
    ["is the whole day with units at both ends", {}, 0, 1],
    ["is none without units", { unitsBefore: 0, unitsAfter: 0 }, 0, 0],
    ["is none if a threshold keeps all units back", {}, 5, 0],
    ["ends when the last unit is sold", { unitsSold: 5, unitsAfter: 0, changedAt: 0.6 }, 0, 0.6],
    ["begins when units come in", { unitsBefore: 0, raisedAt: 0.75, changedAt: 0.75 }, 0, 0.25],
    ["begins with the first count", { unitsBefore: null, raisedAt: 0.9, changedAt: 0.9 }, 0, 0.1],
    [
      "is what lies between a delivery and the last sale",
      { unitsSold: 8, unitsBefore: 0, unitsAfter: 0, raisedAt: 0.2, changedAt: 0.7 },
      0,
      0.5,
    ],
    [
      "is at least a quarter if something was sold",
      { unitsSold: 8, unitsBefore: 0, unitsAfter: 0, raisedAt: 0.2, changedAt: 0.21 },
      0,
      0.25,
    ],
    [
      "is the whole day if it is sold without units",
      { unitsBefore: 0, unitsAfter: -3 },
      "always",
      1,
    ],
    ["is none before anything was counted", { unitsBefore: null, unitsAfter: null }, "always", 0],
    ["counts a day whose settings changed as whole", { unitsBefore: 0, unitsAfter: 4 }, 0, 1],
    [
      "is none if what came in did not make it sellable",
      { unitsBefore: 0, unitsAfter: 2, raisedAt: 0.5, changedAt: 0.6 },
      3,
      0,
    ],
  ])("%s", (_words, changes, soldAbove, part) => {
    expect(partInStock({ ...quiet, ...changes }, soldAbove)).toBeCloseTo(part, 9);
  });

  const moment = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
  const units = fc.option(fc.integer({ min: -20, max: 20 }));
  const anyDay = fc.record({
    unitsSold: fc.nat(20),
    unitsBefore: units,
    unitsAfter: units,
    raisedAt: moment,
    changedAt: moment,
  });

  test("is always a part of a day, and not nothing if something was sold of a counted item", () => {
    fc.assert(
      fc.property(anyDay, fc.oneof(fc.nat(5), fc.constant("always" as const)), (some, above) => {
        const part = partInStock(some, above);
        expect(part).toBeGreaterThanOrEqual(0);
        expect(part).toBeLessThanOrEqual(1);
        if (some.unitsSold > 0 && some.unitsAfter !== null) expect(part).toBeGreaterThan(0);
      }),
    );
  });
});
