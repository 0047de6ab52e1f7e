// The counts of an edit, planned: which movements, and on which side of the settings.

import { describe, expect, it } from "vitest";
import {
  type CountLevel,
  type CountPlan,
  planCounts,
} from "../../../src/domain/catalogue/plan-counts.ts";
import type { ProductEdit } from "../../../src/domain/catalogue/product-edit.ts";

const level = (sku: string, units: number, retired = false): CountLevel => ({
  id: sku.length,
  sku,
  units,
  retired,
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
