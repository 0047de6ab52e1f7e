// Decides who gets units that came in: waiting pre-orders, in the order of acceptance. Newcomers get what is left.

import { isCounted, type StockHolder } from "../stock/stock-holder.ts";

/** A line of a confirmed order that waits for promised units. */
export type WaitingLine = {
  readonly orderId: string;
  readonly line: number;
  readonly itemId: number;
  /** The holder that the item draws on now. Null if it is none of those that have units to give. */
  readonly holderId: number | null;
  /** The promised units that it waits for, at least 1. */
  readonly preOrdered: number;
};

/** Units that a waiting line gets. */
export type AllocatedLine = Pick<WaitingLine, "orderId" | "line" | "itemId"> & {
  readonly units: number;
};

/** An order that gets units. `ready`: none of its lines waits any more. */
export type AllocatedOrder = {
  readonly id: string;
  readonly lines: readonly AllocatedLine[];
  readonly ready: boolean;
};

/** An allocation for the ledger: what one order takes from one holder. `change` is negative. */
export type Allocation = {
  readonly orderId: string;
  readonly holderId: number;
  readonly change: number;
  readonly unitsAfter: number;
};

/** Everything that an allocation changes. `unitsLeft` has the units of each holder after it. */
export type AllocationPlan = {
  readonly orders: readonly AllocatedOrder[];
  readonly allocations: readonly Allocation[];
  readonly unitsLeft: ReadonlyMap<number, number>;
};

/**
 * The units that a holder gives to waiting pre-orders: all that it has. A threshold keeps none back from them, because
 * they were promised. A holder that allows negative stock gives none: its orders take what they want and never wait.
 */
export function unitsToGive(
  holder: Pick<StockHolder, "units" | "tracked" | "inUse" | "allowNegativeStock">,
): number {
  return isCounted(holder) && !holder.allowNegativeStock ? Math.max(holder.units, 0) : 0;
}

/**
 * Gives units of holders to waiting lines: the line of the order that was accepted first gets all that it waits for,
 * then the next one. Order ids ascend in the order of acceptance, as batches of orders are decided.
 *
 * `lines` must have every waiting line of each of its orders, or an order could seem ready that is not. The result is
 * the same in whatever order they are given, and if the orders are given in several portions, the oldest first.
 */
export function allocateUnits(
  lines: readonly WaitingLine[],
  units: ReadonlyMap<number, number>,
): AllocationPlan {
  const unitsLeft = new Map(units);
  const orders: AllocatedOrder[] = [];
  const allocations: Allocation[] = [];
  const linesOf = Map.groupBy(lines.toSorted(byAcceptance), ({ orderId }) => orderId);
  for (const [id, waiting] of linesOf) {
    const allocated: AllocatedLine[] = [];
    const taken = new Map<number, number>();
    let ready = true;
    for (const { orderId, line, itemId, holderId, preOrdered } of waiting) {
      const left = holderId === null ? 0 : (unitsLeft.get(holderId) ?? 0);
      const given = Math.min(preOrdered, Math.max(left, 0));
      if (given < preOrdered) ready = false;
      if (holderId === null || given === 0) continue;
      unitsLeft.set(holderId, left - given);
      taken.set(holderId, (taken.get(holderId) ?? 0) + given);
      allocated.push({ orderId, line, itemId, units: given });
    }
    if (allocated.length === 0) continue;
    orders.push({ id, lines: allocated, ready });
    for (const [holderId, given] of taken) {
      const unitsAfter = unitsLeft.get(holderId) ?? 0;
      allocations.push({ orderId: id, holderId, change: -given, unitsAfter });
    }
  }
  return { orders, allocations, unitsLeft };
}

function byAcceptance(a: WaitingLine, b: WaitingLine): number {
  if (a.orderId === b.orderId) return a.line - b.line;
  return a.orderId < b.orderId ? -1 : 1;
}
