// The text for an order of which not all units were cancelled or refunded in the same way.

import { number } from "../words/numbers.ts";

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
  if (first === undefined) return null;
  const start = `${number(first.units)} of ${number(all)} ${first.to}`;
  return second === undefined ? start : `${start}, ${number(second.units)} ${second.to}`;
}
