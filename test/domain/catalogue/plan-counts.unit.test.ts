// The counts of an edit, planned: which movements, and on which side of the settings.

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CountLevel,
  type CountPlan,
  planCounts,
} from "../../../src/domain/catalogue/plan-counts.ts";
import type { ProductEdit } from "../../../src/domain/catalogue/product-edit.ts";

/** A level. One that is called DEFERS is of a variant that uses its product's stock. */
const level = (sku: string, units: number, retired = false): CountLevel => ({
  id: sku.length,
  sku,
  units,
  retired,
  inUse: !retired && sku !== "DEFERS",
});

type Given = {
  readonly edit?: ProductEdit;
  readonly levels?: readonly CountLevel[];
  readonly allowNegativeStock?: boolean;
  readonly variants?: readonly { readonly sku: string; readonly ownStock: boolean }[];
  readonly hasInventory?: boolean;
};

/** Plans the counts of the product P. */
function outcome(given: Given): CountPlan {
  const { edit = {}, levels = [], variants = [] } = given;
  const { allowNegativeStock = false, hasInventory = true } = given;
  const product = { trackInventory: true, allowNegativeStock, variants };
  return planCounts({ sku: "P", edit, product, type: { hasInventory }, levels });
}

function plan(given: Given) {
  const planned = outcome(given);
  if (planned.kind !== "planned") return planned;
  const brief = (moves: typeof planned.before) => moves.map(({ sku, change }) => [sku, change]);
  return { before: brief(planned.before), after: brief(planned.after) };
}

const set = (unitsInStock: number): ProductEdit => ({ unitsInStock });

describe("a count", () => {
  it("of zero or more is written before the policy changes", () => {
    const raised = { levels: [level("P", -3)], edit: set(2) };
    expect(plan(raised)).toEqual({ before: [["P", 5]], after: [] });
  });

  it("below zero is written after the policy allows it", () => {
    const lowered = { levels: [level("P", 3)], edit: set(-2), allowNegativeStock: true };
    expect(plan(lowered)).toEqual({ before: [], after: [["P", -5]] });
  });

  it("of an item that the edit makes is written after it is made", () => {
    expect(plan({ edit: set(7) })).toEqual({ before: [], after: [["P", 7]] });
  });

  it("of an item with the SKU of a retired one is not taken for that one's", () => {
    const retired = level("V", 4, true);
    expect(
      plan({ levels: [retired], edit: { variants: [{ sku: "V", unitsInStock: 4 }] } }),
    ).toEqual({
      before: [],
      after: [["V", 4]],
    });
  });

  it("that is so already needs no movement", () => {
    expect(plan({ levels: [level("P", 7)], edit: set(7) })).toEqual({
      before: [],
      after: [],
    });
  });
});

describe("a count that can't be", () => {
  it("is refused if it is not the expected one, with the one there is", () => {
    const edit = { variants: [{ sku: "V", unitsInStock: 4, expectedUnits: 9 }] };
    expect(plan({ levels: [level("V", 7)], edit })).toEqual({
      kind: "stale-count",
      sku: "V",
      path: "/variants/0",
      expectedUnits: 9,
      unitsInStock: 7,
    });
  });

  it("is refused below zero if the product does not allow it", () => {
    const refused = { kind: "count-below-zero", path: "", unitsInStock: -1 };
    expect(plan({ levels: [level("P", 3)], edit: set(-1) })).toEqual(refused);
  });
});

describe("forbidding negative stock", () => {
  const variants = [
    { sku: "OWN", ownStock: true },
    { sku: "DEFERS", ownStock: false },
  ];
  const levels = [level("P", -1), level("OWN", -2), level("DEFERS", -3)];

  it("is refused while levels in use are below zero", () => {
    expect(plan({ levels, variants })).toEqual({
      kind: "stock-below-zero",
      items: [
        { sku: "P", unitsInStock: -1 },
        { sku: "OWN", unitsInStock: -2 },
      ],
    });
  });

  it("is not refused if the same edit counts them anew", () => {
    const edit = { ...set(0), variants: [{ sku: "OWN", unitsInStock: 5 }] };
    const before = [
      ["P", 1],
      ["OWN", 7],
      ["DEFERS", 3],
    ];
    expect(plan({ levels, variants, edit })).toEqual({ before, after: [] });
  });

  it("raises them all to zero if the stock is no longer tracked", () => {
    const untracked = plan({ levels, variants, hasInventory: false });
    expect(untracked).toMatchObject({
      before: [
        ["P", 1],
        ["OWN", 2],
        ["DEFERS", 3],
      ],
    });
  });

  it("raises levels that nobody sees to zero", () => {
    const unseen = [level("P", 1), level("DEFERS", -2)];
    expect(plan({ levels: unseen })).toEqual({ before: [["DEFERS", 2]], after: [] });
  });

  it("leaves the levels of what was deleted as they are: their ledgers have ended", () => {
    const deleted = [level("P", 1), level("OLD", -4, true)];
    expect(plan({ levels: deleted })).toEqual({ before: [], after: [] });
  });
});

describe("a variant that gives up its own stock", () => {
  const givesUp = (...skus: readonly string[]) => ({
    variants: skus.map((sku) => ({ sku, ownStock: false })),
    edit: { variants: skus.map((sku) => ({ sku, unitsInStock: null })) },
  });

  it("leaves its units to its product, and both ledgers say so", () => {
    const levels = [level("P", 10), level("VAR", 6), level("OTHER", 2)];
    expect(outcome({ ...givesUp("VAR", "OTHER"), levels })).toEqual({
      kind: "planned",
      before: [
        {
          sku: "VAR",
          levelId: 3,
          change: -6,
          unitsAfter: 0,
          note: "Counted with P now, whose stock this variant uses.",
        },
        {
          sku: "OTHER",
          levelId: 5,
          change: -2,
          unitsAfter: 0,
          note: "Counted with P now, whose stock this variant uses.",
        },
        {
          sku: "P",
          levelId: 1,
          change: 8,
          unitsAfter: 18,
          note: "The units of VAR, OTHER are counted here now.",
        },
      ],
      after: [],
    });
  });

  it("adds nothing to a count that the same edit sets", () => {
    const given = givesUp("VAR");
    const edit = { ...given.edit, ...set(12) };
    expect(plan({ ...given, edit, levels: [level("P", 10), level("VAR", 6)] })).toEqual({
      before: [
        ["VAR", -6],
        ["P", 2],
      ],
      after: [],
    });
  });

  it("moves nothing if it has none, or used its product's stock before", () => {
    const levels = [level("P", 10), level("VAR", 0), level("DEFERS", 4)];
    expect(plan({ ...givesUp("VAR", "DEFERS"), levels })).toEqual({ before: [], after: [] });
  });

  it("leaves what it owes to its product, too", () => {
    const levels = [level("P", 1), level("VAR", -4)];
    expect(plan({ ...givesUp("VAR"), levels, allowNegativeStock: true })).toEqual({
      before: [["VAR", 4]],
      after: [["P", -4]],
    });
  });

  it("is refused if its product would stay below zero, which is forbidden now", () => {
    const levels = [level("P", -9), level("VAR", 4)];
    expect(plan({ ...givesUp("VAR"), levels })).toMatchObject({ kind: "stock-below-zero" });
  });

  it("never changes the sum of the units, and never leaves some where nobody sees them", () => {
    const units = fc.integer({ min: -20, max: 20 });
    const variant = fc.record({ units, ownStock: fc.boolean(), givesUp: fc.boolean() });
    const variants = fc.array(variant, { maxLength: 8 });
    fc.assert(
      fc.property(units, variants, (own, drawn) => {
        const levels: CountLevel[] = [
          { id: 1, sku: "P", units: own, retired: false, inUse: true },
          ...drawn.map(({ units: count, ownStock }, index) => ({
            id: index + 2,
            sku: `V${index}`,
            units: ownStock ? count : 0,
            retired: false,
            inUse: ownStock,
          })),
        ];
        const after = drawn.map(({ ownStock, givesUp: gives }, index) => ({
          sku: `V${index}`,
          ownStock: ownStock && !gives,
        }));
        const planned = outcome({ levels, variants: after, allowNegativeStock: true });
        if (planned.kind !== "planned") throw new Error(`The edit was refused: ${planned.kind}`);
        const counts = new Map(levels.map((one) => [one.id, one.units]));
        for (const { levelId, change, unitsAfter } of [...planned.before, ...planned.after]) {
          const count = (counts.get(levelId ?? 0) ?? 0) + change;
          expect(count).toBe(unitsAfter);
          counts.set(levelId ?? 0, count);
        }
        const sum = (of: Iterable<number>) => [...of].reduce((total, count) => total + count, 0);
        expect(sum(counts.values())).toBe(sum(levels.map((one) => one.units)));
        for (const [index, { ownStock }] of after.entries()) {
          if (!ownStock) expect(counts.get(index + 2)).toBe(0);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
