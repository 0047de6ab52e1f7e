import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adjustStock } from "../../../src/domain/stock/adjust-stock.ts";

const level = { units: 7, allowNegativeStock: false };

describe("an adjustment", () => {
  test("by a difference changes the count by it, both ways", () => {
    expect(adjustStock(level, { delta: 3 })).toEqual({
      kind: "adjusted",
      change: 3,
      unitsAfter: 10,
    });
    expect(adjustStock(level, { delta: -7 })).toEqual({
      kind: "adjusted",
      change: -7,
      unitsAfter: 0,
    });
  });

  test("to a count changes it by what is missing", () => {
    expect(adjustStock(level, { set: 2 })).toEqual({ kind: "adjusted", change: -5, unitsAfter: 2 });
  });

  test("that changes nothing has nothing to write", () => {
    expect(adjustStock(level, { delta: 0 })).toEqual({ kind: "unchanged" });
    expect(adjustStock(level, { set: 7 })).toEqual({ kind: "unchanged" });
  });

  test("below zero is refused, unless the level allows negative stock", () => {
    expect(adjustStock(level, { delta: -8 })).toEqual({ kind: "below-zero", unitsAfter: -1 });
    expect(adjustStock(level, { set: -1 })).toEqual({ kind: "below-zero", unitsAfter: -1 });
    expect(adjustStock({ ...level, allowNegativeStock: true }, { delta: -8 })).toEqual({
      kind: "adjusted",
      change: -8,
      unitsAfter: -1,
    });
  });

  test("that expects the units there are goes through", () => {
    const outcome = adjustStock(level, { set: 9, expectedUnits: 7 });
    expect(outcome).toEqual({ kind: "adjusted", change: 2, unitsAfter: 9 });
  });

  test("that expects other units is stale, even where it would change nothing or go below zero", () => {
    const stale = { kind: "stale-count", expectedUnits: 8, unitsInStock: 7 };
    expect(adjustStock(level, { delta: 1, expectedUnits: 8 })).toEqual(stale);
    expect(adjustStock(level, { set: 7, expectedUnits: 8 })).toEqual(stale);
    expect(adjustStock(level, { delta: -100, expectedUnits: 8 })).toEqual(stale);
  });

  test("that expects zero units is held to it", () => {
    expect(adjustStock(level, { set: 1, expectedUnits: 0 }).kind).toBe("stale-count");
    expect(adjustStock({ ...level, units: 0 }, { set: 1, expectedUnits: 0 }).kind).toBe("adjusted");
  });

  test("leaves the count where change and units agree, and never below zero where forbidden", () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.boolean(),
        fc.oneof(
          fc.record({ delta: fc.integer({ min: -30, max: 30 }) }),
          fc.record({ set: fc.integer({ min: -30, max: 30 }) }),
        ),
        (units, allowNegativeStock, request) => {
          const outcome = adjustStock({ units, allowNegativeStock }, request);
          if (outcome.kind !== "adjusted") return;
          expect(outcome.unitsAfter).toBe(units + outcome.change);
          expect(outcome.change).not.toBe(0);
          expect(outcome.unitsAfter >= 0 || allowNegativeStock).toBe(true);
        },
      ),
    );
  });
});
