// The size of groups follows the time for which they held their locks.

import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createGroupPace, nextWeight } from "../../src/flow/group-pace.ts";

const limits = { weightMin: 10, weightMax: 1_000, weightFirst: 100, heldMs: 25 };

it.each([
  ["a slow group makes the next one fit", 100, { weight: 100, heldMs: 50 }, 50],
  ["a very slow one leaves the least", 100, { weight: 100, heldMs: 5_000 }, 10],
  ["a fast full one lets it grow by a half", 100, { weight: 100, heldMs: 5 }, 150],
  ["a fast one that was not full tells nothing", 100, { weight: 20, heldMs: 1 }, 100],
  ["a small slow one tells that all are slow", 100, { weight: 20, heldMs: 50 }, 10],
  ["it grows to the most", 900, { weight: 900, heldMs: 1 }, 1_000],
  ["a group of the right time stays", 100, { weight: 100, heldMs: 25 }, 100],
])("%s", (_name, weight, written, expected) => {
  expect(nextWeight(limits, weight, written)).toBe(expected);
});

it("whatever a row costs, groups soon hold their locks as long as they should, and no longer", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.03, max: 2, noNaN: true }),
      fc.integer({ min: 10, max: 1_000 }),
      (msOfRow, first) => {
        let weight = first;
        for (let group = 0; group < 15; group += 1) {
          weight = nextWeight(limits, weight, { weight, heldMs: weight * msOfRow });
        }
        const fits = Math.min(
          limits.weightMax,
          Math.max(limits.weightMin, limits.heldMs / msOfRow),
        );
        expect(Math.abs(weight - fits)).toBeLessThanOrEqual(1);
      },
    ),
  );
});

it("a group has at least one item, however heavy", () => {
  const pace = createGroupPace(limits);
  expect(pace.take([500, 1])).toBe(1);
  expect(pace.take([40, 40, 20, 1])).toBe(3);
});
