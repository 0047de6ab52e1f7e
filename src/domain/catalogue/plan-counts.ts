// Decides which movements an edit of a product needs, and when each is written. The database checks every count by the
// policy at that moment. So counts of zero or more are written before the policy changes, and counts below zero after it.

import type { CountRefusal } from "../refusal.ts";
import { adjustStock } from "../stock/adjust-stock.ts";
import type { ProductWithVariants } from "./product.ts";
import type { ProductEdit } from "./product-edit.ts";
import { isTracked, type ProductTypeFlags } from "./product-type.ts";

/** A stock level of the product. */
export type CountLevel = {
  readonly id: number;
  readonly sku: string;
  readonly units: number;
  readonly retired: boolean;
  /** Whether people see this count before the edit. */
  readonly inUse: boolean;
};

/** A movement that an edit needs. `levelId` is null for an item that the edit creates; it starts at zero. */
export type CountMove = {
  readonly sku: string;
  readonly levelId: number | null;
  readonly change: number;
  readonly unitsAfter: number;
  readonly note: string | null;
};

/** The movements of an edit, before and after its settings are written; or why it is refused. */
export type CountPlan =
  | {
      readonly kind: "planned";
      readonly before: readonly CountMove[];
      readonly after: readonly CountMove[];
    }
  | CountRefusal;

/** The edit, and the stored levels. */
export type CountsToPlan = {
  readonly sku: string;
  readonly edit: ProductEdit;
  /** The product after the edit. */
  readonly product: Pick<ProductWithVariants, "trackInventory" | "allowNegativeStock"> & {
    readonly variants: readonly { readonly sku: string; readonly ownStock: boolean }[];
  };
  readonly type: Pick<ProductTypeFlags, "hasInventory">;
  /** Every level of the product, locked. */
  readonly levels: readonly CountLevel[];
};

/**
 * Plans the counts of an edit. The first count that can't be set refuses it. If a variant gives up its own stock, its
 * units move to the product, whose stock it uses then: no unit is lost because nobody sees its count any more.
 */
export function planCounts(counts: CountsToPlan): CountPlan {
  const { sku, edit, levels, product } = counts;
  const living = new Map(levels.flatMap((level) => (level.retired ? [] : [[level.sku, level]])));
  const moves: CountMove[] = movesOfGivenUp(counts, living);
  for (const count of countsIn(sku, edit)) {
    const level = living.get(count.sku) ?? null;
    const outcome = moveOf(count, level, product.allowNegativeStock);
    if (outcome === null) continue;
    if ("kind" in outcome) return outcome;
    moves.push(outcome);
  }
  if (!product.allowNegativeStock) {
    const moved = new Set(moves.flatMap((move) => (move.unitsAfter < 0 ? [] : [move.levelId])));
    const below = [...living.values()].filter(({ id, units }) => units < 0 && !moved.has(id));
    const inUse = skusInUse(counts);
    const items = below.filter((level) => inUse.has(level.sku));
    if (items.length > 0) {
      return {
        kind: "stock-below-zero",
        items: items.map(({ sku: item, units }) => ({ sku: item, unitsInStock: units })),
      };
    }
    moves.push(...below.map(raiseToZero));
  }
  return {
    kind: "planned",
    before: moves.filter(({ levelId, unitsAfter }) => levelId !== null && unitsAfter >= 0),
    after: moves.filter(({ levelId, unitsAfter }) => levelId === null || unitsAfter < 0),
  };
}

/** A count that an edit sets. `path` is the JSON pointer to its object. */
type CountEdit = {
  readonly sku: string;
  readonly path: string;
  readonly set: number;
  readonly expectedUnits: number | undefined;
};

function countsIn(sku: string, edit: ProductEdit): CountEdit[] {
  const ofVariants = (edit.variants ?? []).map((variant, index) => ({
    ...variant,
    path: `/variants/${index}`,
  }));
  return [{ ...edit, sku, path: "" }, ...ofVariants].flatMap(
    ({ sku: counted, path, unitsInStock, expectedUnits }) =>
      typeof unitsInStock === "number"
        ? [{ sku: counted, path, set: unitsInStock, expectedUnits }]
        : [],
  );
}

/** The most SKUs that the note of a movement names. */
const namedMax = 5;

/**
 * The movements of the variants whose own stock the edit gives up, and of the product that gets their units. If the edit
 * sets the product's count, that number holds, and the notes of the variants say so.
 */
function movesOfGivenUp(
  { sku, edit, product }: CountsToPlan,
  living: ReadonlyMap<string, CountLevel>,
): CountMove[] {
  const base = living.get(sku);
  if (base === undefined) return [];
  const given = product.variants.flatMap(({ sku: variant, ownStock }) => {
    const level = ownStock ? undefined : living.get(variant);
    if (level === undefined || !level.inUse || level.units === 0) return [];
    // Units below zero that may not be any more are raised to zero, not moved.
    return level.units > 0 || product.allowNegativeStock ? [level] : [];
  });
  if (given.length === 0) return [];
  const set = edit.unitsInStock;
  const where =
    set === undefined
      ? `Counted with ${sku} now, whose stock this variant uses.`
      : `Given up: this variant uses the stock of ${sku} now, which the same edit set to ${set}.`;
  const moves = given.map((level) => ({
    sku: level.sku,
    levelId: level.id,
    change: -level.units,
    unitsAfter: 0,
    note: where,
  }));
  const change = given.reduce((sum, { units }) => sum + units, 0);
  if (set !== undefined || change === 0) return moves;
  const named = given.slice(0, namedMax).map((level) => level.sku);
  const others = given.length - named.length;
  const whose = others > 0 ? `${named.join(", ")} and ${others} more` : named.join(", ");
  const note = `The units of ${whose} are counted here now.`;
  return [...moves, { sku, levelId: base.id, change, unitsAfter: base.units + change, note }];
}

/** The SKUs of the levels that are in use after the edit. */
function skusInUse({ sku, product, type }: CountsToPlan): ReadonlySet<string> {
  if (!isTracked(type, product)) return new Set();
  const withOwnStock = product.variants.filter(({ ownStock }) => ownStock);
  return new Set([sku, ...withOwnStock.map((variant) => variant.sku)]);
}

/** The movement of one count; null if it needs none. */
function moveOf(
  { sku, path, set, expectedUnits }: CountEdit,
  level: CountLevel | null,
  allowNegativeStock: boolean,
): CountMove | CountRefusal | null {
  const units = level?.units ?? 0;
  const decision = adjustStock({ units, allowNegativeStock }, { set, expectedUnits });
  switch (decision.kind) {
    case "unchanged":
      return null;
    case "adjusted": {
      const { change, unitsAfter } = decision;
      return { sku, levelId: level?.id ?? null, change, unitsAfter, note: null };
    }
    case "below-zero":
      return { kind: "count-below-zero", path, unitsInStock: set };
    case "stale-count":
      return { ...decision, sku, path };
  }
}

/**
 * Raises a level that is not in use to zero: nobody could correct it by hand, and it must not prevent the edit. The
 * levels of deleted items are left alone: they keep their policy, and their ledger has ended.
 */
function raiseToZero({ id, sku, units }: CountLevel): CountMove {
  const note = "Raised to zero: the product no longer allows negative stock.";
  return { sku, levelId: id, change: -units, unitsAfter: 0, note };
}
