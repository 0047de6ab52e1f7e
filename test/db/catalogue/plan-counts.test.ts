// The counts of an edit, planned without a database: which movements, and on which side of the settings.

import { describe, expect, it } from "vitest";
import { Refused } from "../../../src/db/refused.ts";
import { type CountsToPlan, planCounts } from "../../../src/db/catalogue/plan-counts.ts";
import type { ProductLevel } from "../../../src/db/catalogue/product-levels.ts";
import { buildHolder } from "../../domain/support/build-holder.ts";

function level(sku: string, units: number, changes: Partial<ProductLevel> = {}): ProductLevel {
  const isVariant = sku !== "P";
  const variantId = isVariant ? 1 : null;
  return { ...buildHolder({ units }), sku, isVariant, variantId, retired: false, ...changes };
}

function plan(edit: Partial<CountsToPlan>) {
  const { before, after } = planCounts({
    counts: [],
    levels: [],
    allowNegativeStock: false,
    inUse: new Set(["P"]),
    ...edit,
  });
  const brief = (moves: typeof before) => moves.map(({ sku, change }) => [sku, change]);
  return { before: brief(before), after: brief(after) };
}

const set = (sku: string, units: number) => ({
  sku,
  path: "",
  set: units,
  expectedUnits: undefined,
});

describe("a count", () => {
  it("of zero or more is written before the policy changes", () => {
    const raised = { levels: [level("P", -3)], counts: [set("P", 2)] };
    expect(plan(raised)).toEqual({ before: [["P", 5]], after: [] });
  });

  it("below zero is written after the policy allows it", () => {
    const lowered = { levels: [level("P", 3)], counts: [set("P", -2)], allowNegativeStock: true };
    expect(plan(lowered)).toEqual({ before: [], after: [["P", -5]] });
  });

  it("of an item that the edit makes is written after it is made", () => {
    expect(plan({ counts: [set("P", 7)] })).toEqual({ before: [], after: [["P", 7]] });
  });

  it("of an item with the SKU of a retired one is not taken for that one's", () => {
    const retired = level("V", 4, { retired: true });
    expect(plan({ levels: [retired], counts: [set("V", 4)] })).toEqual({
      before: [],
      after: [["V", 4]],
    });
  });

  it("that is so already needs no movement", () => {
    expect(plan({ levels: [level("P", 7)], counts: [set("P", 7)] })).toEqual({
      before: [],
      after: [],
    });
  });
});

describe("forbidding negative stock", () => {
  it("is refused while a level in use is below zero", () => {
    expect(() => plan({ levels: [level("P", -1)] })).toThrow(Refused);
  });

  it("raises levels that nobody sees to zero", () => {
    const levels = [level("P", 1), level("DEFERS", -2)];
    expect(plan({ levels })).toEqual({ before: [["DEFERS", 2]], after: [] });
  });

  it("leaves the levels of what was deleted as they are: their ledgers have ended", () => {
    const levels = [level("P", 1), level("OLD", -4, { retired: true })];
    expect(plan({ levels })).toEqual({ before: [], after: [] });
  });
});
