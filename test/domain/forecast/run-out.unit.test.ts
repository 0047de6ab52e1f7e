import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { demandOf } from "../../../src/domain/forecast/demand.ts";
import { forecastRunOut, momentIn } from "../../../src/domain/forecast/run-out.ts";

const sold = (days: number, unitsSold: number) =>
  demandOf(Array.from({ length: days }, () => ({ unitsSold, inStock: 1 })));

describe("when an item runs out", () => {
  test.each([
    ["is a guess after one day, whatever was sold", 300, sold(1, 100), 3, "guess"],
    ["is sure after four weeks of many sales", 300, sold(28, 100), 3, "sure"],
    ["is rough if few units are left", 6, sold(28, 2), 3, "rough"],
    ["is a guess if little was sold", 5, sold(28, 1 / 28), 140, "guess"],
  ])("%s", (_words, units, demand, days, certainty) => {
    expect(forecastRunOut(units, demand)).toMatchObject({ kind: "runs-out", certainty });
    expect(forecastRunOut(units, demand)).toHaveProperty("days", expect.closeTo(days, 6));
  });

  test.each([
    ["now, without units", 0, sold(28, 3), "out"],
    ["unknown, if it was never in stock", 5, null, "unknown"],
    ["not soon, if nobody buys it", 5, sold(28, 0), "not-soon"],
    ["not soon, if it lasts for years", 5_000, sold(28, 1), "not-soon"],
  ])("is %s", (_words, units, demand, kind) => {
    expect(forecastRunOut(units, demand)).toEqual({ kind });
  });

  test("is counted from the moment that is given", () => {
    expect(momentIn(2.5, new Date("2026-03-01T00:00:00Z")).toISOString()).toBe(
      "2026-03-03T12:00:00.000Z",
    );
  });

  const demands = fc
    .array(fc.record({ unitsSold: fc.nat(50), inStock: fc.constantFrom(0.25, 1) }), {
      minLength: 1,
      maxLength: 28,
    })
    .map((days) => demandOf(days));

  test("comes later with more units, and lies within its range", () => {
    fc.assert(
      fc.property(demands, fc.integer({ min: 1, max: 500 }), fc.nat(500), (demand, units, more) => {
        const [one, other] = [forecastRunOut(units, demand), forecastRunOut(units + more, demand)];
        if (one.kind !== "runs-out") return;
        expect(one.daysMin).toBeLessThanOrEqual(one.days);
        expect(one.daysMax).toBeGreaterThanOrEqual(one.days);
        if (other.kind === "runs-out") expect(other.days).toBeGreaterThanOrEqual(one.days);
        else expect(other.kind).toBe("not-soon");
      }),
    );
  });
});
