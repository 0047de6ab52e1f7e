import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { restockable } from "../../../src/domain/order/line-units.ts";
import { planRestock, type ReturnableLine } from "../../../src/domain/order/restock.ts";
import { buildOrderLine } from "../support/build-order-line.ts";

/** A line that was cancelled whole, with the units that came back already. */
const cancelled = (line: number, sku: string, quantity: number, restocked = 0): ReturnableLine => ({
  ...buildOrderLine(line, sku, quantity, { cancelled: quantity, restocked }),
  deleted: false,
});

const served: readonly ReturnableLine[] = [
  cancelled(1, "mug", 3, 1),
  cancelled(2, "tea", 2),
  cancelled(3, "mug", 4),
];

describe("a restock", () => {
  test("puts one code on several lines back on them in their order", () => {
    expect(planRestock(served, [{ sku: "mug", quantity: 5 }])).toEqual({
      kind: "restocked",
      lines: [
        { line: 1, units: 2 },
        { line: 3, units: 3 },
      ],
    });
  });

  test("names only the lines that it puts units back on", () => {
    const finished = [cancelled(1, "mug", 2, 2), cancelled(2, "mug", 2), cancelled(3, "mug", 2)];
    expect(planRestock(finished, [{ sku: "mug", quantity: 1 }])).toEqual({
      kind: "restocked",
      lines: [{ line: 2, units: 1 }],
    });
  });

  test("counts two entries for one code together", () => {
    expect(
      planRestock(served, [
        { sku: "mug", quantity: 5 },
        { sku: "mug", quantity: 1 },
      ]),
    ).toEqual({
      kind: "restocked",
      lines: [
        { line: 1, units: 2 },
        { line: 3, units: 4 },
      ],
    });
    expect(
      planRestock(served, [
        { sku: "mug", quantity: 5 },
        { sku: "mug", quantity: 2 },
      ]),
    ).toEqual({
      kind: "not-restockable",
      lines: [{ index: 1, sku: "mug", reason: "more-than-taken", requested: 2, restockable: 1 }],
    });
  });

  test("is refused whole, with every problem named, where one entry can't be put back", () => {
    expect(
      planRestock(served, [
        { sku: "tea", quantity: 1 },
        { sku: "mug", quantity: 7 },
        { sku: "cup", quantity: 1 },
      ]),
    ).toEqual({
      kind: "not-restockable",
      lines: [
        { index: 1, sku: "mug", reason: "more-than-taken", requested: 7, restockable: 6 },
        { index: 2, sku: "cup", reason: "not-in-order", requested: 1, restockable: 0 },
      ],
    });
  });

  test("puts nothing back for what was only pre-ordered", () => {
    const preOrdered = { ...cancelled(1, "mug", 1), allocated: 0, released: 1 };
    expect(planRestock([preOrdered], [{ sku: "mug", quantity: 1 }])).toEqual({
      kind: "not-restockable",
      lines: [{ index: 0, sku: "mug", reason: "more-than-taken", requested: 1, restockable: 0 }],
    });
  });

  test("puts nothing back of what the customer keeps", () => {
    const kept = { ...cancelled(1, "mug", 3), cancelled: 1 };
    expect(planRestock([kept], [{ sku: "mug", quantity: 2 }])).toEqual({
      kind: "not-restockable",
      lines: [{ index: 0, sku: "mug", reason: "more-than-taken", requested: 2, restockable: 1 }],
    });
  });

  test("puts nothing back of what was deleted, and says so of that item alone", () => {
    const order = served.map((line) => ({ ...line, deleted: line.sku === "mug" }));
    const requests = [
      { sku: "tea", quantity: 1 },
      { sku: "mug", quantity: 1 },
    ];
    expect(planRestock(order, requests)).toEqual({
      kind: "not-restockable",
      lines: [{ index: 1, sku: "mug", reason: "deleted", requested: 1, restockable: 0 }],
    });
  });

  test("never puts back more than a line may have, and all that was asked for, or nothing", () => {
    const arbitraryLines = fc.array(
      fc.record({ sku: fc.constantFrom("a", "b"), allocated: fc.nat(6), back: fc.nat(3) }),
      { maxLength: 5 },
    );
    const arbitraryRequests = fc.array(
      fc.record({ sku: fc.constantFrom("a", "b", "c"), quantity: fc.integer({ min: 1, max: 3 }) }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(arbitraryLines, arbitraryRequests, (lines, requests) => {
        const order = lines.map(({ sku, allocated, back }, index) =>
          cancelled(index + 1, sku, allocated, Math.min(back, allocated)),
        );
        const asked = (sku: string) =>
          sum(
            requests.filter((r) => r.sku === sku),
            (r) => r.quantity,
          );
        const open = (sku: string) =>
          sum(
            order.filter((l) => l.sku === sku),
            restockable,
          );
        const outcome = planRestock(order, requests);
        const possible = ["a", "b", "c"].every((sku) => asked(sku) <= open(sku));
        expect(outcome.kind).toBe(possible ? "restocked" : "not-restockable");
        if (outcome.kind === "not-restockable") return;

        const unitsOf = new Map(outcome.lines.map(({ line, units }) => [line, units]));
        expect(unitsOf.size).toBe(outcome.lines.length);
        for (const line of order) {
          expect(unitsOf.get(line.line) ?? 0).toBeLessThanOrEqual(restockable(line));
        }
        expect(outcome.lines.every(({ units }) => units > 0)).toBe(true);
        for (const sku of ["a", "b"]) {
          const back = sum(
            order.filter((l) => l.sku === sku),
            (l) => unitsOf.get(l.line) ?? 0,
          );
          expect(back).toBe(asked(sku));
        }
      }),
    );
  });
});

function sum<T>(values: readonly T[], amountOf: (value: T) => number): number {
  return values.reduce((total, value) => total + amountOf(value), 0);
}
