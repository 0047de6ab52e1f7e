// Decides many adjustments of stock, one after the other, so that they can be written together.

import { type AdjustmentOutcome, type AdjustmentRequest, adjustStock } from "./adjust-stock.ts";

/** An adjustment of a holder. */
export type HolderAdjustment = { readonly holderId: number; readonly request: AdjustmentRequest };

/** What becomes of an adjustment. `later`: it can only be decided once waiting pre-orders were served. */
export type ManyOutcome =
  | { readonly kind: "later" }
  | (AdjustmentOutcome & { readonly unitsBefore: number });

/** A holder as this needs it. `hasWaiting`: whether pre-orders wait for its units. */
export type AdjustableHolder = {
  readonly units: number;
  readonly allowNegativeStock: boolean;
  readonly hasWaiting: boolean;
};

/**
 * Decides adjustments in their order: each sees the units that the earlier ones left. The units of a holder for which
 * pre-orders wait are not known after a first change of it, because those orders are served next. So all its further
 * adjustments are for later. Throws if a holder is missing.
 */
export function adjustMany(
  adjustments: readonly HolderAdjustment[],
  holders: ReadonlyMap<number, AdjustableHolder>,
): readonly ManyOutcome[] {
  const unitsOf = new Map<number, number>();
  return adjustments.map(({ holderId, request }) => {
    const holder = holders.get(holderId);
    if (holder === undefined) {
      throw new Error(`Expected stock holder ${holderId} among the locked levels; it is missing.`);
    }
    const changed = unitsOf.get(holderId);
    if (changed !== undefined && holder.hasWaiting) return { kind: "later" };
    const unitsBefore = changed ?? holder.units;
    const outcome = adjustStock({ ...holder, units: unitsBefore }, request);
    if (outcome.kind === "adjusted") unitsOf.set(holderId, outcome.unitsAfter);
    return { ...outcome, unitsBefore };
  });
}
