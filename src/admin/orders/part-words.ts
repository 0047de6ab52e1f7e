// The text for an order of which not all units were cancelled or refunded in the same way.

import { orderStatus } from "../words/en/orders/status.ts";

type Line = {
  readonly quantity: number;
  readonly cancelled: number;
  readonly refunded: number;
};

/**
 * What became of an order's units, if the status does not say it of all: "1 of 3 refunded". Null if nothing was cancelled or
 * refunded, or all was in the same way.
 */
export function partWords(order: { readonly lines: readonly Line[] }): string | null {
  const sum = (unitsOf: (line: Line) => number) =>
    order.lines.reduce((total, line) => total + unitsOf(line), 0);
  const all = sum(({ quantity }) => quantity);
  const parts = (["cancelled", "refunded"] as const)
    .map((to) => ({ to, units: sum((line) => line[to]) }))
    .filter(({ units }) => units > 0 && units < all);
  const [first, second] = parts;
  return first === undefined ? null : orderStatus.partly(all, first, second);
}
