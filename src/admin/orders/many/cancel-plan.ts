// What it means to cancel the chosen orders: which of them can be, and what becomes of their units. Pure.

import type { OrderReply } from "../../../contract/orders.ts";
import { unitsLeft } from "../../../domain/order/line-units.ts";
import { isUndecided, mayBecome } from "../../../domain/order/order-status.ts";
import type { RefusedItem } from "../../lists/refused-items.tsx";
import { manyOrders } from "../../words/en/many.ts";

/** The orders that can be cancelled, those that can't and why, and the units of the first. */
export type CancelPlan = {
  readonly orders: readonly OrderReply[];
  readonly kept: readonly RefusedItem[];
  /** Units that were taken from stock, so that they may come back to it. */
  readonly returnable: number;
  /** Promised units that still wait. They were never taken from stock. */
  readonly promised: number;
  /** Units of items whose units are not counted. */
  readonly uncounted: number;
  /** Orders that have taken nothing yet. */
  readonly undecided: number;
};

/** Finds it out from the orders as they were read. */
export function planCancel(chosen: readonly OrderReply[]): CancelPlan {
  const orders = chosen.filter(({ status }) => mayBecome(status, "cancelled"));
  const kept = chosen.filter((order) => !orders.includes(order));
  const lines = orders.flatMap((order) => (isUndecided(order.status) ? [] : order.lines));
  const sum = (of: (line: OrderReply["lines"][number]) => number) =>
    lines.reduce((total, line) => total + of(line), 0);
  const returnable = sum(unitsToReturn);
  const promised = sum(({ preOrdered }) => preOrdered);
  return {
    orders,
    kept: kept.map(({ reference, status }) => ({
      name: reference,
      words: manyOrders.whyKept(status),
    })),
    returnable,
    promised,
    uncounted: sum(unitsLeft) - returnable - promised,
    undecided: orders.filter(({ status }) => isUndecided(status)).length,
  };
}

/** Units of a line that may come back once all of it is cancelled, less those that might have come back before. */
const unitsToReturn = ({
  allocated,
  restocked,
  restockable,
}: OrderReply["lines"][number]): number => allocated - restocked - restockable;

/** The units of an order that came back to stock so far. */
export const unitsBack = ({ lines }: OrderReply): number =>
  lines.reduce((total, { restocked }) => total + restocked, 0);
