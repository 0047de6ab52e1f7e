// Decides a batch of orders in the order of acceptance; each order sees the units that the earlier ones left. The plan
// has everything that the transaction must write, so the write decides nothing.

import { alertAfter, type AlertTransition, alertTransition } from "../stock/alert-transition.ts";
import { type OrderPlan, planOrder, type RequestedLine } from "./plan-order.ts";
import { limitOf, type StockHolder } from "../stock/stock-holder.ts";

/** An order that is not decided yet. */
export type PendingOrder = { readonly id: string; readonly lines: readonly RequestedLine[] };

/** An order with its decision. */
export type DecidedOrder = { readonly id: string; readonly plan: OrderPlan };

/** A sale for the ledger. `change` is negative. */
export type Sale = {
  readonly orderId: string;
  readonly holderId: number;
  readonly change: number;
  readonly unitsAfter: number;
};

/** An alert that a sale opened or worsened. A sale only removes units, so it eases and ends no alert. */
export type AlertChange = {
  readonly orderId: string;
  readonly holderId: number;
  readonly transition: AlertTransition;
  readonly units: number;
  readonly limit: number;
};

/** Everything that a batch changes. `holders` are those whose units or alert changed, with their new values. */
export type BatchPlan = {
  readonly orders: readonly DecidedOrder[];
  readonly holders: readonly StockHolder[];
  readonly sales: readonly Sale[];
  readonly alerts: readonly AlertChange[];
};

/**
 * Plans a batch. The result is the same as if its orders were decided one by one. Throws if a line names a holder that
 * is not in `holders`.
 */
export function planBatch(
  orders: readonly PendingOrder[],
  holders: ReadonlyMap<number, StockHolder>,
): BatchPlan {
  const changed = new Map<number, StockHolder>();
  const holderOf = (id: number): StockHolder => {
    const holder = changed.get(id) ?? holders.get(id);
    if (holder === undefined)
      throw new Error(
        `Expected stock holder ${id} among the batch's locked levels; it is missing.`,
      );
    return holder;
  };
  const decided: DecidedOrder[] = [];
  const sales: Sale[] = [];
  const alerts: AlertChange[] = [];

  for (const order of orders) {
    const plan = planOrder(order.lines, holderOf);
    decided.push({ id: order.id, plan });
    if (plan.status === "rejected") continue;
    for (const { holderId, units } of plan.takes) {
      const before = holderOf(holderId);
      const after = take(before, units);
      changed.set(holderId, after.holder);
      sales.push({ orderId: order.id, holderId, change: -units, unitsAfter: after.holder.units });
      if (after.transition !== null) {
        const limit = limitOf(before);
        alerts.push({
          orderId: order.id,
          holderId,
          transition: after.transition,
          units: after.holder.units,
          limit,
        });
      }
    }
  }
  return { orders: decided, holders: [...changed.values()], sales, alerts };
}

function take(
  before: StockHolder,
  units: number,
): { holder: StockHolder; transition: AlertTransition | null } {
  const counted = { ...before, units: before.units - units };
  const transition = alertTransition(before, counted);
  return { holder: { ...counted, alert: alertAfter(before.alert, transition) }, transition };
}
