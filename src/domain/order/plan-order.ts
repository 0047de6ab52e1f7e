// Decides one order: every line is accepted or none is, and each accepted line says what it takes.

import { isOutOfStock, type StockHolder } from "../stock/stock-holder.ts";

/** One line as it was asked for. `holderId` names the holder that its units are drawn from. */
export type RequestedLine = {
  readonly itemId: number;
  readonly holderId: number;
  readonly quantity: number;
};

/** What an accepted line got: from stock, and promised without stock. Untracked lines get neither. */
export type PlannedLine = RequestedLine & {
  readonly tracked: boolean;
  readonly allocated: number;
  readonly preOrdered: number;
};

/** Units that a confirmed order takes from one holder. */
export type Take = { readonly holderId: number; readonly units: number };

/** What can keep a holder from serving an order. `no-longer-sold`: its item was deleted or hidden meanwhile. */
export const shortageReasons = ["out-of-stock", "insufficient-stock", "no-longer-sold"] as const;

/** One of them. */
export type ShortageReason = (typeof shortageReasons)[number];

/** Why a holder could not serve an order, and what it could have given. */
export type Shortage = {
  readonly holderId: number;
  readonly reason: ShortageReason;
  readonly requested: number;
  readonly available: number;
};

/** The decision on one order. */
export type OrderPlan =
  | {
      readonly status: "confirmed";
      readonly lines: readonly PlannedLine[];
      readonly takes: readonly Take[];
    }
  | { readonly status: "rejected"; readonly shortages: readonly Shortage[] };

/** How many more units a holder sells now, or null for any number. */
export function sellableUnits(holder: StockHolder): number | null {
  if (!holder.tracked) return null;
  if (!holder.inUse) return 0;
  if (holder.allowNegativeStock || holder.allowPreOrder) return null;
  return isOutOfStock(holder) ? 0 : holder.units;
}

/**
 * Decides the lines of one order against the holders as they stand.
 *
 * What is requested is summed per holder first, so that several lines on one holder can't each pass alone and
 * oversell together. Throws where a line names a holder that was not given: that is a fault of the caller.
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
      shortages.push({ holderId, reason: reasonOf(holder, available), requested, available });
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

/** What an accepted request takes from stock: all of it below zero where allowed, else what is there. */
function allocatable(holder: StockHolder, requested: number): number {
  return holder.allowNegativeStock ? requested : Math.min(requested, Math.max(holder.units, 0));
}

/** Lines are served in their order from what the holder gives; what is missing is promised. */
function serveLine(line: RequestedLine, left: Map<number, number>): PlannedLine {
  const units = left.get(line.holderId);
  if (units === undefined) return { ...line, tracked: false, allocated: 0, preOrdered: 0 };
  const allocated = Math.min(line.quantity, units);
  left.set(line.holderId, units - allocated);
  return { ...line, tracked: true, allocated, preOrdered: line.quantity - allocated };
}
