import { describe, expect, test } from "vitest";
import { compare, cutsOf, judgeRanges } from "../../../tools/forecast/judge.ts";
import { readSales, type SalesFormat } from "../../../tools/forecast/read-sales.ts";

const format: SalesFormat = {
  order: "Order",
  sku: "Sku",
  quantity: "Units",
  date: undefined,
  ordersPerDay: 2,
};

describe("reading a file of orders", () => {
  test("cuts orders into days of equally many, and leaves out what is no sale", () => {
    const text = "Order,Sku,Units\n1,A1,2\n1,POST,1\n2,A1,1\nC3,A1,-1\n4,B2,5\n5,B2,1\n6,B2,1\n";
    expect(readSales(text, format)).toEqual({
      days: 2,
      sales: [
        { sku: "A1", units: 2, day: 0, at: 0 },
        { sku: "A1", units: 1, day: 0, at: 0.5 },
        { sku: "B2", units: 5, day: 1, at: 0 },
        { sku: "B2", units: 1, day: 1, at: 0.5 },
      ],
    });
  });

  test("takes the days from a column of dates, in their order", () => {
    const text = "Order;Sku;Units;On\n2;A1;1;2026-03-02T06:00:00Z\n1;A1;2;2026-03-01T12:00:00Z\n";
    expect(readSales(text, { ...format, date: "On" })).toEqual({
      days: 2,
      sales: [
        { sku: "A1", units: 2, day: 0, at: 0.5 },
        { sku: "A1", units: 1, day: 1, at: 0.25 },
      ],
    });
  });

  test("says which column is missing", () => {
    expect(() => readSales("Order,Sku\n1,A1\n", format)).toThrow('"Units"');
  });
});

/** Sells one unit, twelve times a day. */
const steady = {
  days: 84,
  sales: Array.from({ length: 84 * 12 }, (_, place) => ({
    sku: "A1",
    units: 1,
    day: Math.floor(place / 12),
    at: (place % 12) / 12,
  })),
};

describe("judging forecasts", () => {
  test("cuts a long history every four weeks, and a short one after two thirds", () => {
    expect(cutsOf(steady)).toEqual([
      { at: 28, days: 28 },
      { at: 56, days: 28 },
    ]);
    expect(cutsOf({ ...steady, days: 9 })).toEqual([{ at: 6, days: 3 }]);
  });

  test("finds no error if an even item is always there", () => {
    const all = compare(steady, "always").at(-1);
    expect(all).toMatchObject({ own: { error: 0, bias: 1 }, meanOfWeeks: { error: 0, bias: 1 } });
  });

  test("finds that the mean of weeks takes days without stock for days without demand", () => {
    const all = compare(steady, { days: 4, share: 0.5 }).at(-1);
    expect(all?.meanOfWeeks.bias).toBeCloseTo(0.5, 1);
    expect(all?.own.bias).toBeCloseTo(1, 1);
  });

  test("finds the day on which an even item runs out within its range", () => {
    expect([...judgeRanges(steady)]).toEqual([
      ["sure", { items: 2, before: 0, within: 2, after: 0 }],
    ]);
  });
});
