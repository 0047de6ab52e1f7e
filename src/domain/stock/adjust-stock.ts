// Decides an adjustment: a count made by hand, by an import, or by a delivery.

/** What somebody asks to change: by a difference, or to a count. */
export type AdjustmentRequest = ({ readonly delta: number } | { readonly set: number }) & {
  /** The count that the asker looked at, where it matters to them. */
  readonly expectedUnits?: number | undefined;
};

/** The decision. `unchanged` is an adjustment that has nothing to write. */
export type AdjustmentOutcome =
  | { readonly kind: "adjusted"; readonly change: number; readonly unitsAfter: number }
  | { readonly kind: "unchanged" }
  | { readonly kind: "stale-count"; readonly expectedUnits: number; readonly unitsInStock: number }
  | { readonly kind: "below-zero"; readonly unitsAfter: number };

/** Decides an adjustment of a level that stands at `units`. */
export function adjustStock(
  level: { readonly units: number; readonly allowNegativeStock: boolean },
  request: AdjustmentRequest,
): AdjustmentOutcome {
  const { expectedUnits } = request;
  if (expectedUnits !== undefined && expectedUnits !== level.units) {
    return { kind: "stale-count", expectedUnits, unitsInStock: level.units };
  }
  const unitsAfter = "set" in request ? request.set : level.units + request.delta;
  if (unitsAfter === level.units) return { kind: "unchanged" };
  if (unitsAfter < 0 && !level.allowNegativeStock) return { kind: "below-zero", unitsAfter };
  return { kind: "adjusted", change: unitsAfter - level.units, unitsAfter };
}
