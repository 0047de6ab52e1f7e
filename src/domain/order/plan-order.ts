// Decides one order: all lines are accepted, or none. Each accepted line has the units that it takes.

import { heldBack, outOfStockAt, sellableUnits, type StockHolder } from "../stock/stock-holder.ts";

/** One line of a new order. Its units come from the stock holder `holderId`. */
export type RequestedLine = {
  readonly itemId: number;
  readonly holderId: number;
  readonly quantity: number;
};

/** An accepted line, with its units from stock and those promised without stock. Both are 0 if it is not tracked. */
export type PlannedLine = RequestedLine & {
  readonly tracked: boolean;
  readonly allocated: number;
  readonly preOrdered: number;
};

/** Units that a confirmed order takes from one holder. */
export type Take = { readonly holderId: number; readonly units: number };

/** Why an order is rejected. `no-longer-sold`: an item was deleted or hidden after the order was accepted. */
export const shortageReasons = ["out-of-stock", "insufficient-stock", "no-longer-sold"] as const;

/** A reason of a shortage. */
export type ShortageReason = (typeof shortageReasons)[number];

/** A holder with too few units for an order. Of its units in stock, some may be held back by a threshold. */
export type Shortage = {
  readonly holderId: number;
  readonly reason: ShortageReason;
  readonly requested: number;
  readonly available: number;
  readonly unitsInStock: number;
  readonly heldBack: number;
  /** At or below so many units, nothing of the holder is sold. */
  readonly outOfStockAt: number;
};

/** The decision on one order. */
export type OrderPlan =
  | {
      readonly status: "confirmed";
      readonly lines: readonly PlannedLine[];
      readonly takes: readonly Take[];
    }
  | { readonly status: "rejected"; readonly shortages: readonly Shortage[] };

/**
 * Decides the lines of one order by the current units of the holders.
 *
 * Quantities are summed per holder first: several lines on one holder could each be accepted alone, and oversell it
 * together. `holderOf` throws if it does not have a holder.
 */
export function planOrder(
  lines: readonly RequestedLine[],
  holderOf: (id: number) => StockHolder,
): OrderPlan {
  const requests = sumRequests(lines);
  const shortages: Shortage[] = [];
  for (const [holderId, requested] of requests) {
    const holder = holderOf(holderId);
    const available = sellableUnits(holder);
    if (available !== null && requested > available) {
      shortages.push({
        holderId,
        reason: reasonOf(holder, available),
        requested,
        available,
        unitsInStock: holder.units,
        heldBack: heldBack(holder),
        outOfStockAt: outOfStockAt(holder),
      });
    }
  }
  if (shortages.length > 0) return { status: "rejected", shortages };

  const left = new Map<number, number>();
  for (const [holderId, requested] of requests) {
    const holder = holderOf(holderId);
    if (holder.tracked) left.set(holderId, allocatable(holder, requested));
  }
  const takes = [...left].flatMap(([holderId, units]) => (units > 0 ? [{ holderId, units }] : []));
  return { status: "confirmed", lines: lines.map((line) => serveLine(line, left)), takes };
}

function reasonOf(holder: StockHolder, available: number): ShortageReason {
  if (!holder.inUse) return "no-longer-sold";
  return available === 0 ? "out-of-stock" : "insufficient-stock";
}

function sumRequests(lines: readonly RequestedLine[]): Map<number, number> {
  const requests = new Map<number, number>();
  for (const { holderId, quantity } of lines) {
    requests.set(holderId, (requests.get(holderId) ?? 0) + quantity);
  }
  return requests;
}

/** The units that come from stock: all that are requested if it may be negative, else as many as there are. */
function allocatable(holder: StockHolder, requested: number): number {
  return holder.allowNegativeStock ? requested : Math.min(requested, Math.max(holder.units, 0));
}

/** Gives a line its units, and reduces `left` by them. Units that are missing are promised as pre-order. */
function serveLine(line: RequestedLine, left: Map<number, number>): PlannedLine {
  const units = left.get(line.holderId);
  if (units === undefined) return { ...line, tracked: false, allocated: 0, preOrdered: 0 };
  const allocated = Math.min(line.quantity, units);
  left.set(line.holderId, units - allocated);
  return { ...line, tracked: true, allocated, preOrdered: line.quantity - allocated };
}
