import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ArrivedItem,
  hasSameUnits,
  planReceipt,
  unitsBySku,
} from "../../../src/domain/receiving/receipt.ts";

const item = (id: number, overrides: Partial<ArrivedItem> = {}): ArrivedItem => ({
  id,
  holderId: id,
  tracked: true,
  hidden: false,
  variantRequired: false,
  ...overrides,
});

const items = new Map([
  ["tea", item(3)],
  ["tea-green", item(4)],
  ["tea-black", item(5, { holderId: 3 })],
  ["mug", item(1)],
  ["wrap", item(6, { tracked: false })],
  ["old-size", item(7, { hidden: true })],
  ["shirt", item(8, { variantRequired: true })],
]);

describe("a receipt", () => {
  test("raises each level once, in ascending id", () => {
    const lines = [
      { sku: "tea", units: 5 },
      { sku: "mug", units: 2 },
      { sku: "tea-black", units: 4 },
    ];
    expect(planReceipt(lines, items)).toEqual({
      kind: "receivable",
      lines: [
        { sku: "tea", units: 5, itemId: 3, holderId: 3 },
        { sku: "mug", units: 2, itemId: 1, holderId: 1 },
        { sku: "tea-black", units: 4, itemId: 5, holderId: 3 },
      ],
      changes: [
        { holderId: 1, change: 2 },
        { holderId: 3, change: 9 },
      ],
    });
  });

  test("adds up the lines of one SKU", () => {
    const lines = [
      { sku: "mug", units: 5 },
      { sku: "tea", units: 1 },
      { sku: "mug", units: 2 },
    ];
    expect(planReceipt(lines, items)).toMatchObject({
      lines: [
        { sku: "mug", units: 7 },
        { sku: "tea", units: 1 },
      ],
    });
  });

  test.each([
    ["nothing", "unknown-sku"],
    ["wrap", "not-tracked"],
    ["old-size", "hidden"],
    ["shirt", "variant-required"],
  ])("refuses %s as %s, with every line that names it", (sku, reason) => {
    const lines = [
      { sku: "mug", units: 1 },
      { sku, units: 1 },
      { sku, units: 2, fileLine: 9 },
    ];
    expect(planReceipt(lines, items)).toEqual({
      kind: "not-receivable",
      lines: [
        { index: 1, sku, reason },
        { index: 2, fileLine: 9, sku, reason },
      ],
    });
  });
});

const line = fc.record({
  sku: fc.constantFrom("tea", "tea-green", "tea-black", "mug"),
  units: fc.integer({ min: 1, max: 1_000_000_000 }),
});
const receipt = fc.array(line, { minLength: 1, maxLength: 30 });

describe("of any receipt", () => {
  test("every unit reaches a level, and no level changes twice or by nothing", () => {
    fc.assert(
      fc.property(receipt, (lines) => {
        const plan = planReceipt(lines, items);
        if (plan.kind !== "receivable") throw new Error("Expected a receivable receipt.");
        const sum = (units: readonly number[]) => units.reduce((all, one) => all + one, 0);
        const total = sum(lines.map(({ units }) => units));
        expect(sum(plan.changes.map(({ change }) => change))).toBe(total);
        expect(sum(plan.lines.map(({ units }) => units))).toBe(total);
        const ids = plan.changes.map(({ holderId }) => holderId);
        expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
        expect(plan.changes.every(({ change }) => change > 0)).toBe(true);
        for (const { holderId, change } of plan.changes) {
          const ofLevel = plan.lines.filter((planned) => planned.holderId === holderId);
          expect(sum(ofLevel.map(({ units }) => units))).toBe(change);
        }
      }),
    );
  });

  test("another order of the lines, or split lines, are the same receipt", () => {
    fc.assert(
      fc.property(receipt, fc.infiniteStream(fc.nat()), (lines, numbers) => {
        const split = lines.flatMap(({ sku, units }) => {
          const part = Number(numbers.next().value) % units;
          return part === 0
            ? [{ sku, units }]
            : [
                { sku, units: part },
                { sku, units: units - part },
              ];
        });
        const mixed = split
          .map((one) => ({ one, place: Number(numbers.next().value) }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ one }) => one);
        expect(hasSameUnits(lines, mixed)).toBe(true);
        expect(hasSameUnits(mixed, lines)).toBe(true);
      }),
    );
  });

  test("other units, or another SKU, are another receipt", () => {
    fc.assert(
      fc.property(receipt, line, (lines, more) => {
        expect(hasSameUnits(lines, [...lines, more])).toBe(false);
        expect(hasSameUnits([...lines, more], lines)).toBe(false);
        expect(hasSameUnits(lines, [...lines, { ...more, sku: "other" }])).toBe(false);
      }),
    );
  });

  test("one line that can't be received refuses all of it, and names just such lines", () => {
    const any = fc.record({ sku: fc.constantFrom(...items.keys(), "nothing"), units: fc.nat() });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 30 }), (lines) => {
        const good = new Set(["tea", "tea-green", "tea-black", "mug"]);
        const bad = lines.flatMap(({ sku }, index) => (good.has(sku) ? [] : [index]));
        const plan = planReceipt(lines, items);
        expect(plan.kind).toBe(bad.length === 0 ? "receivable" : "not-receivable");
        if (plan.kind === "receivable") return;
        expect(plan.lines.map(({ index }) => index)).toEqual(bad);
      }),
    );
  });
});

test("units of an SKU are added up in the order in which the SKUs first came", () => {
  const lines = [
    { sku: "b", units: 1 },
    { sku: "a", units: 2 },
    { sku: "b", units: 3 },
  ];
  expect([...unitsBySku(lines)]).toEqual([
    ["b", 4],
    ["a", 2],
  ]);
});
