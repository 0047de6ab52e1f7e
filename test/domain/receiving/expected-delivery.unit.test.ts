import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bookReceived,
  closeDelivery,
  differencesOf,
  isComplete,
  stillExpected,
} from "../../../src/domain/receiving/expected-delivery.ts";
import { unitsBySku } from "../../../src/domain/receiving/receipt.ts";

const expectedLines = [
  { sku: "mug", expected: 60, received: 0 },
  { sku: "tea", expected: 10, received: 4 },
];

describe("an expected delivery", () => {
  test("adds up what is received, and keeps what was not expected", () => {
    const received = new Map([
      ["tea", 6],
      ["tin", 3],
    ]);
    expect(bookReceived(expectedLines, received)).toEqual([
      { sku: "mug", expected: 60, received: 0 },
      { sku: "tea", expected: 10, received: 10 },
      { sku: "tin", expected: 0, received: 3 },
    ]);
  });

  test("names each difference by its kind", () => {
    const lines = [
      { sku: "mug", expected: 60, received: 58 },
      { sku: "tea", expected: 10, received: 12 },
      { sku: "tin", expected: 0, received: 3 },
      { sku: "pot", expected: 5, received: 5 },
    ];
    expect(differencesOf(lines)).toEqual([
      { sku: "mug", expected: 60, received: 58, kind: "less" },
      { sku: "tea", expected: 10, received: 12, kind: "more" },
      { sku: "tin", expected: 0, received: 3, kind: "not-expected" },
    ]);
  });

  test.each([
    [{ expected: 60, received: 0 }, 60],
    [{ expected: 60, received: 59 }, 1],
    [{ expected: 60, received: 60 }, 0],
    [{ expected: 60, received: 61 }, 0],
    [{ expected: 0, received: 1 }, 0],
  ])("expects of %j still %i", (line, units) => {
    expect(stillExpected(line)).toBe(units);
  });

  test.each([
    [{ isClosed: false, reason: null }, "closed"],
    [{ isClosed: true, reason: "3 broken" }, "unchanged"],
    [{ isClosed: true, reason: "lost" }, "closed-before"],
    [{ isClosed: true, reason: null }, "closed-before"],
  ])("%j, closed because of 3 broken, is %s", (delivery, kind) => {
    expect(closeDelivery(delivery, "3 broken")).toEqual({ kind });
  });
});

const skus = fc.constantFrom("a", "b", "c", "d");
const units = fc.integer({ min: 1, max: 1_000 });
const received = fc.array(fc.record({ sku: skus, units }), { maxLength: 12 });
const delivery = fc
  .dictionary(skus, units, { minKeys: 1 })
  .map((byName) =>
    Object.entries(byName).map(([sku, expected]) => ({ sku, expected, received: 0 })),
  );

describe("of any delivery", () => {
  test("receipts one after the other count as all of them at once", () => {
    fc.assert(
      fc.property(delivery, fc.array(received, { maxLength: 5 }), (lines, receipts) => {
        const inTurn = receipts.reduce(
          (booked, receipt) => [...bookReceived(booked, unitsBySku(receipt))],
          lines,
        );
        expect(inTurn).toEqual(bookReceived(lines, unitsBySku(receipts.flat())));
      }),
    );
  });

  test("what came and what is still expected are at least what was expected, and no unit is lost", () => {
    fc.assert(
      fc.property(delivery, received, (lines, arrived) => {
        const booked = bookReceived(lines, unitsBySku(arrived));
        for (const line of booked) {
          const inAll = Math.min(line.received, line.expected) + stillExpected(line);
          expect(inAll).toBe(line.expected);
        }
        const sum = (all: readonly number[]) => all.reduce((one, other) => one + other, 0);
        expect(sum(booked.map((line) => line.received))).toBe(
          sum(arrived.map((line) => line.units)),
        );
      }),
    );
  });

  test("it is complete exactly if all units came and no others", () => {
    fc.assert(
      fc.property(delivery, received, (lines, arrived) => {
        const booked = bookReceived(lines, unitsBySku(arrived));
        const came = unitsBySku(arrived);
        const asExpected =
          came.size === lines.length &&
          lines.every(({ sku, expected }) => came.get(sku) === expected);
        expect(isComplete(booked)).toBe(asExpected);
      }),
    );
  });

  test("receiving what is still expected completes it, unless too much or something else came", () => {
    fc.assert(
      fc.property(delivery, received, (lines, arrived) => {
        const booked = bookReceived(lines, unitsBySku(arrived));
        const rest = new Map(booked.map((line) => [line.sku, stillExpected(line)]));
        const kinds = new Set(differencesOf(bookReceived(booked, rest)).map(({ kind }) => kind));
        expect(kinds.has("less")).toBe(false);
      }),
    );
  });
});
