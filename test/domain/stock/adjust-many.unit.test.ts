// Many adjustments at once: they are those of one after the other.

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjustMany, type HolderAdjustment } from "../../../src/domain/stock/adjust-many.ts";
import { adjustStock } from "../../../src/domain/stock/adjust-stock.ts";

const holder = (
  units: number,
  more: { hasWaiting?: boolean; allowNegativeStock?: boolean } = {},
) => ({
  units,
  allowNegativeStock: false,
  hasWaiting: false,
  ...more,
});

describe("adjustments of one holder", () => {
  it.each([
    [
      "each sees what the one before left",
      [{ delta: 5 }, { set: 3 }],
      ["adjusted", "adjusted"],
      [10, 15],
    ],
    [
      "one that is refused changes nothing for the next",
      [{ delta: -11 }, { delta: -10 }],
      ["below-zero", "adjusted"],
      [10, 10],
    ],
    [
      "a count that was expected before the first is stale after it",
      [{ delta: 1 }, { set: 9, expectedUnits: 10 }],
      ["adjusted", "stale-count"],
      [10, 11],
    ],
    [
      "the same count twice is a change once",
      [{ set: 4 }, { set: 4 }],
      ["adjusted", "unchanged"],
      [10, 4],
    ],
  ] as const)("%s", (_name, requests, kinds, before) => {
    const outcomes = adjustMany(
      requests.map((request) => ({ holderId: 1, request })),
      new Map([[1, holder(10)]]),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(kinds);
    expect(outcomes.map((one) => "unitsBefore" in one && one.unitsBefore)).toEqual(before);
  });

  it("wait for the pre-orders that the first one serves", () => {
    const outcomes = adjustMany(
      [
        { holderId: 1, request: { set: 10 } },
        { holderId: 1, request: { delta: 5 } },
        { holderId: 1, request: { delta: 1 } },
        { holderId: 2, request: { delta: 1 } },
      ],
      new Map([
        [1, holder(10, { hasWaiting: true })],
        [2, holder(0)],
      ]),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      "unchanged",
      "adjusted",
      "later",
      "adjusted",
    ]);
  });
});

const anyRequest = fc.oneof(
  fc.record({ set: fc.integer({ min: -3, max: 20 }) }),
  fc.record({ delta: fc.integer({ min: -8, max: 8 }).filter((delta) => delta !== 0) }),
  fc.record({ set: fc.nat(9), expectedUnits: fc.nat(9) }),
);
const anyAdjustment = fc.record({ holderId: fc.nat(3), request: anyRequest });
const anyHolder = fc.record({
  units: fc.nat(9),
  allowNegativeStock: fc.boolean(),
  waiting: fc.nat(12),
});

it("rounds that serve pre-orders between them are the same as one adjustment after the other", () => {
  fc.assert(
    fc.property(
      fc.array(anyAdjustment, { maxLength: 30 }),
      fc.array(anyHolder, { minLength: 4, maxLength: 4 }),
      (adjustments, given) => {
        const start = () => given.map((one) => ({ ...one }));
        const serve = (one: { units: number; waiting: number; allowNegativeStock: boolean }) => {
          const served = one.allowNegativeStock ? 0 : Math.min(one.waiting, Math.max(one.units, 0));
          one.units -= served;
          one.waiting -= served;
        };
        const single = start();
        const expected = adjustments.map(({ holderId, request }) => {
          const at = single[holderId] ?? holder(0);
          const outcome = { ...adjustStock(at, request), unitsBefore: at.units };
          const level = single[holderId];
          if (outcome.kind === "adjusted" && level) {
            level.units = outcome.unitsAfter;
            serve(level);
          }
          return outcome;
        });
        const many = start();
        const hasWaiting = many.map(({ waiting }) => waiting > 0);
        const found: unknown[] = [];
        let left = adjustments.map((one: HolderAdjustment, at) => ({ one, at }));
        let rounds = 0;
        while (left.length > 0) {
          rounds += 1;
          const holders = new Map(
            many.map((one, id) => [id, { ...one, hasWaiting: hasWaiting[id] ?? false }]),
          );
          const outcomes = adjustMany(
            left.map(({ one }) => one),
            holders,
          );
          const moved = new Set<number>();
          for (const [index, outcome] of outcomes.entries()) {
            const { one, at } = left[index] ?? { one: undefined, at: 0 };
            const level = many[one?.holderId ?? 0];
            if (outcome.kind !== "later") found[at] = outcome;
            if (outcome.kind !== "adjusted" || !level) continue;
            level.units = outcome.unitsAfter;
            moved.add(one?.holderId ?? 0);
          }
          for (const [id, one] of many.entries())
            if (hasWaiting[id] === true && moved.has(id)) serve(one);
          left = left.filter((_one, index) => outcomes[index]?.kind === "later");
        }
        expect(found).toEqual(expected);
        expect(many).toEqual(single);
        expect(rounds).toBeLessThanOrEqual(Math.max(1, adjustments.length));
      },
    ),
    { numRuns: 1_000 },
  );
});
