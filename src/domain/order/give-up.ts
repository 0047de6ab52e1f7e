// Decides a cancellation or a refund: which units of which lines an order gives up. Promised units that still wait go
// first, because giving up a promise costs nobody a way back.

import {
  type LineUnits,
  type OrderLineUnits,
  type RequestedUnits,
  restockable,
  unitsLeft,
} from "./line-units.ts";

/** Whether units are cancelled or refunded. */
export type GivingUp = "cancelled" | "refunded";

/**
 * Units that one line gives up. `released` of them were only promised. `returnable` of them were taken from stock, so
 * they may come back to it.
 */
export type GivenUpLine = {
  readonly line: number;
  readonly units: number;
  readonly released: number;
  readonly returnable: number;
};

/** A line of the request that asks for units that the order does not have. `index` is its place in the request. */
export type LineNotLeft = {
  readonly index: number;
  readonly sku: string;
  readonly reason: "not-in-order" | "more-than-left";
  readonly requested: number;
  /** Units of the SKU that are neither cancelled nor refunded, and not named earlier in the request. */
  readonly left: number;
};

/**
 * The decision: everything that was requested is given up, or nothing. The order stays confirmed while something of it is
 * left. After that it is cancelled if all of it was cancelled, else refunded.
 */
export type GiveUpOutcome =
  | {
      readonly kind: "given-up";
      readonly lines: readonly GivenUpLine[];
      readonly status: "confirmed" | GivingUp;
    }
  | { readonly kind: "not-left"; readonly lines: readonly LineNotLeft[] };

/**
 * Decides which units a confirmed order gives up. Without requests it gives up all that is left. If several lines have
 * the SKU of a request, the promised units of all of them go first, then the others; both in the order of the lines.
 */
export function planGiveUp(
  lines: readonly OrderLineUnits[],
  requests: readonly RequestedUnits[] | null,
  to: GivingUp,
): GiveUpOutcome {
  const open = lines.map((line) => ({ line, left: unitsLeft(line), units: 0, released: 0 }));
  const notLeft: LineNotLeft[] = [];
  if (requests === null) for (const part of open) takeFrom([part], part.left);
  for (const [index, { sku, quantity }] of (requests ?? []).entries()) {
    const parts = open.filter(({ line }) => line.sku === sku);
    const left = sum(parts.map((part) => part.left - part.units));
    if (quantity <= left) takeFrom(parts, quantity);
    else {
      const reason = parts.length === 0 ? "not-in-order" : "more-than-left";
      notLeft.push({ index, sku, reason, requested: quantity, left });
    }
  }
  if (notLeft.length > 0) return { kind: "not-left", lines: notLeft };
  const givenUp = open.flatMap((part) => (part.units > 0 ? [toGivenUp(part, to)] : []));
  const isAnyLeft = open.some((part) => part.left > part.units);
  return { kind: "given-up", lines: givenUp, status: isAnyLeft ? "confirmed" : endOf(lines, to) };
}

/** The state of an order when nothing of it is left. */
function endOf(lines: readonly LineUnits[], last: GivingUp): GivingUp {
  return last === "refunded" || lines.some(({ refunded }) => refunded > 0)
    ? "refunded"
    : "cancelled";
}

/** A line while the requests are filled: the units that it had left, and those that it gives up. */
type Part = {
  readonly line: OrderLineUnits;
  readonly left: number;
  units: number;
  released: number;
};

function takeFrom(parts: readonly Part[], quantity: number): void {
  let open = quantity;
  for (const part of parts) {
    const promised = Math.min(open, part.line.preOrdered - part.released);
    part.released += promised;
    part.units += promised;
    open -= promised;
  }
  for (const part of parts) {
    const units = Math.min(open, part.left - part.units);
    part.units += units;
    open -= units;
  }
}

function toGivenUp({ line, units, released }: Part, to: GivingUp): GivenUpLine {
  const after = { ...line, [to]: line[to] + units, released: line.released + released };
  return { line: line.line, units, released, returnable: restockable(after) - restockable(line) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
