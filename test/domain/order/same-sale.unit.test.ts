import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differencesOf, type SoldLine, soldUnits } from "../../../src/domain/order/same-sale.ts";

const runs = { numRuns: 2_000 };

const line = fc.record({
  sku: fc.oneof(fc.constantFrom("A", "B", "C", '"', "A,1", "é"), fc.string({ minLength: 1 })),
  quantity: fc.integer({ min: 1, max: 1_000_000 }),
});
const lines = fc.array(line, { minLength: 1, maxLength: 12 });

/** The lines in another order, and some of them split in two. `choices` decides which. */
function retold(of: readonly SoldLine[], choices: readonly number[]): SoldLine[] {
  const split = of.flatMap((one, index) => {
    const part = (choices[index] ?? 0) % one.quantity;
    return part === 0
      ? [one]
      : [
          { ...one, quantity: part },
          { ...one, quantity: one.quantity - part },
        ];
  });
  return split
    .map((one, index) => ({ one, at: choices[index % choices.length] ?? 0 }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
const choices = fc.array(fc.nat(), { minLength: 1, maxLength: 24 });

describe("a sale", () => {
  test.each<[string, SoldLine[], SoldLine[], boolean]>([
    ["sent again", [{ sku: "A", quantity: 1 }], [{ sku: "A", quantity: 1 }], true],
    [
      "with its lines in another order",
      [
        { sku: "A", quantity: 1 },
        { sku: "B", quantity: 2 },
      ],
      [
        { sku: "B", quantity: 2 },
        { sku: "A", quantity: 1 },
      ],
      true,
    ],
    [
      "with a line split in two",
      [{ sku: "B", quantity: 2 }],
      [
        { sku: "B", quantity: 1 },
        { sku: "B", quantity: 1 },
      ],
      true,
    ],
    ["of one unit more", [{ sku: "A", quantity: 1 }], [{ sku: "A", quantity: 2 }], false],
    ["of another case", [{ sku: "A", quantity: 1 }], [{ sku: "a", quantity: 1 }], false],
    [
      "with one more SKU",
      [{ sku: "A", quantity: 1 }],
      [
        { sku: "A", quantity: 1 },
        { sku: "B", quantity: 1 },
      ],
      false,
    ],
  ])("%s: the same or another one", (_name, stored, sent, isSame) => {
    expect(soldUnits(stored) === soldUnits(sent)).toBe(isSame);
    expect(differencesOf(stored, sent).length === 0).toBe(isSame);
  });

  test("is the same however its lines are ordered and split", () => {
    fc.assert(
      fc.property(lines, choices, (sold, choice) => {
        const again = retold(sold, choice);
        expect(soldUnits(again)).toBe(soldUnits(sold));
        expect(differencesOf(sold, again)).toEqual([]);
      }),
      runs,
    );
  });

  test("is the same exactly if no SKU has other units", () => {
    const few = fc.array(
      fc.record({ sku: fc.constantFrom("A", "B", '"'), quantity: fc.integer({ min: 1, max: 3 }) }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(few, few, (stored, sent) => {
        const differences = differencesOf(stored, sent);
        expect(soldUnits(stored) === soldUnits(sent)).toBe(differences.length === 0);
        for (const { sku, stored: before, sent: now } of differences) {
          const unitsIn = (list: readonly SoldLine[]) =>
            list.reduce((sum, one) => sum + (one.sku === sku ? one.quantity : 0), 0);
          expect([before, now]).toEqual([unitsIn(stored), unitsIn(sent)]);
        }
      }),
      runs,
    );
  });

  test("is another one with any other number of units", () => {
    fc.assert(
      fc.property(lines, fc.nat(), fc.integer({ min: 1, max: 9 }), (sold, at, more) => {
        const changed = sold.map((one, index) =>
          index === at % sold.length ? { ...one, quantity: one.quantity + more } : one,
        );
        expect(soldUnits(changed)).not.toBe(soldUnits(sold));
      }),
      runs,
    );
  });
});
