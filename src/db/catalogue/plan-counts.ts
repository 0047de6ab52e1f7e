// Decides, without a database, what an edit of a product does to its counts: which movements it needs, and
// when each is written. The database checks every count against the policy as it stands at each statement,
// so a count of zero or more is written before the policy changes, and one below zero after it.

import { adjustStock } from "../../domain/stock/adjust-stock.ts";
import { Refused } from "../refused.ts";
import type { CountEdit } from "./product-edit.ts";
import type { ProductLevel } from "./product-levels.ts";

/** A movement that an edit needs. `level` is null for an item that the edit makes: it starts at zero. */
export type CountMove = {
  readonly sku: string;
  readonly level: ProductLevel | null;
  readonly change: number;
  readonly unitsAfter: number;
  readonly note: string | null;
};

/** The movements of an edit, before and after its settings are written. */
export type CountPlan = {
  readonly before: readonly CountMove[];
  readonly after: readonly CountMove[];
};

/** What the plan is made from. */
export type CountsToPlan = {
  readonly counts: readonly CountEdit[];
  /** Every level of the product, locked. */
  readonly levels: readonly ProductLevel[];
  readonly allowNegativeStock: boolean;
  /** SKUs of the levels that count once the edit is written. */
  readonly inUse: ReadonlySet<string>;
};

/**
 * Plans the counts of an edit. Throws `Refused` where a count is not what was expected, or
 * would be below zero where it may not be.
 */
export function planCounts(edit: CountsToPlan): CountPlan {
  const { counts, levels, allowNegativeStock } = edit;
  const living = new Map(levels.flatMap((level) => (level.retired ? [] : [[level.sku, level]])));
  const moves = counts.flatMap((count) => moveOf(count, living.get(count.sku) ?? null, edit));
  if (!allowNegativeStock) {
    const moved = new Set(moves.map(({ level }) => level?.id));
    const below = levels.filter(
      ({ id, units, retired }) => units < 0 && !retired && !moved.has(id),
    );
    refuseBelowZero(below.filter((level) => edit.inUse.has(level.sku)));
    moves.push(...below.map(raiseToZero));
  }
  return {
    before: moves.filter(({ level, unitsAfter }) => level !== null && unitsAfter >= 0),
    after: moves.filter(({ level, unitsAfter }) => level === null || unitsAfter < 0),
  };
}

function moveOf(
  { sku, path, set, expectedUnits }: CountEdit,
  level: ProductLevel | null,
  { allowNegativeStock }: CountsToPlan,
): CountMove[] {
  const units = level?.units ?? 0;
  const decision = adjustStock({ units, allowNegativeStock }, { set, expectedUnits });
  if (decision.kind === "unchanged") return [];
  if (decision.kind === "adjusted") {
    const { change, unitsAfter } = decision;
    return [{ sku, level, change, unitsAfter, note: null }];
  }
  if (decision.kind === "below-zero") {
    throw new Refused({ kind: "count-below-zero", path, unitsInStock: set });
  }
  throw new Refused({ ...decision, sku, path });
}

function refuseBelowZero(below: readonly ProductLevel[]): void {
  if (below.length === 0) return;
  const items = below.map(({ sku, units }) => ({ sku, unitsInStock: units }));
  throw new Refused({ kind: "stock-below-zero", items });
}

/**
 * A level that nobody sees can't be corrected by hand, and must not stand in the way of the policy. That of what
 * was deleted keeps the policy it had, and its ledger has ended.
 */
function raiseToZero(level: ProductLevel): CountMove {
  const note = "Raised to zero: the product no longer allows negative stock.";
  return { sku: level.sku, level, change: -level.units, unitsAfter: 0, note };
}
