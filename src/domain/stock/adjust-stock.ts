// Decides an adjustment of stock: by hand, by an import, or for a delivery.

/** A requested adjustment: by a difference, or to a count. */
export type AdjustmentRequest = ({ readonly delta: number } | { readonly set: number }) & {
  /** If given, the adjustment is refused unless this is the current count. */
  readonly expectedUnits?: number | undefined;
};

/** The decision. `unchanged`: there is nothing to write. */
export type AdjustmentOutcome =
  | { readonly kind: "adjusted"; readonly change: number; readonly unitsAfter: number }
  | { readonly kind: "unchanged" }
  | { readonly kind: "stale-count"; readonly expectedUnits: number; readonly unitsInStock: number }
  | { readonly kind: "below-zero"; readonly unitsAfter: number };

/** Whether a request tells what somebody counted, and not what came in or was taken. */
export const isCount = (kind: "adjustment" | "receipt" | "import", request: object): boolean =>
  kind === "adjustment" && "set" in request;

/** Decides an adjustment of a level. It checks `expectedUnits` first. */
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
