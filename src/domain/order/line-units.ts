// What became of the units of an order's line, and what follows from it: how many of them are left to be cancelled or
// refunded, and how many may come back to stock.

/**
 * The units of a line. `allocated`: ever taken from stock. `preOrdered`: promised, and still waiting. `released`:
 * promised, and given up before they came. For a tracked line, these three together are the quantity; an untracked line
 * has none of them. `released` units are among those that were cancelled or refunded.
 */
export type LineUnits = {
  readonly quantity: number;
  readonly allocated: number;
  readonly preOrdered: number;
  readonly cancelled: number;
  readonly refunded: number;
  readonly released: number;
  readonly restocked: number;
};

/** The units of a line, with its place in the order and its SKU. */
export type OrderLineUnits = LineUnits & { readonly line: number; readonly sku: string };

/** Units of a SKU that a request names. */
export type RequestedUnits = { readonly sku: string; readonly quantity: number };

/** Units of a line that can still be cancelled or refunded. */
export function unitsLeft(line: Pick<LineUnits, "quantity" | "cancelled" | "refunded">): number {
  return line.quantity - line.cancelled - line.refunded;
}

/**
 * Units of a line that may come back to stock: those that it took from stock and gave up again, less those that came
 * back already.
 */
export function restockable(
  line: Pick<LineUnits, "allocated" | "cancelled" | "refunded" | "released" | "restocked">,
): number {
  const givenUp = line.cancelled + line.refunded - line.released;
  return Math.min(line.allocated, givenUp) - line.restocked;
}
