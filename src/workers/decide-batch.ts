// Decides a batch of orders: lock, plan, apply, commit. Where a batch fails it is tried again as a whole if
// that can help, and else halved until the order that can't be decided stands alone.

import type { Pool, PoolClient } from "pg";
import { planBatch } from "../domain/plan-batch.ts";
import type { OrderPlan, RequestedLine } from "../domain/plan-order.ts";
import type { AlertToCheck } from "../db/alerts/record-transition.ts";
import { applyPlan } from "../db/orders/apply-plan.ts";
import {
  type LockedLevels,
  type LockedOrder,
  lockLevels,
  lockPendingOrders,
  readStatuses,
  UndecidableOrderError,
} from "../db/orders/lock-batch.ts";
import { lostAgainstAnother, retryTransaction, sqlStateOf } from "../db/retry-transaction.ts";
import { inTransaction } from "../db/transaction.ts";

/** What became of one order, in words for ops. An order that was not pending any more is left as it is. */
export type OrderOutcome =
  | {
      readonly outcome: "confirmed" | "already-ended";
      readonly reference: string;
      readonly status: string;
    }
  | { readonly outcome: "rejected"; readonly reference: string; readonly because: string }
  | { readonly outcome: "unknown-order" };

type DecidedBatch = {
  readonly outcomes: readonly OrderOutcome[];
  readonly alerts: readonly AlertToCheck[];
};

/**
 * The SQLSTATE of a violated check: a count would have fallen below zero because the product's policy changed
 * while its lock was awaited. Planned again on the policy as it is now, the batch may well succeed.
 */
const checkViolation = "23514";

/**
 * Decides the orders, each once, whatever else runs. Resolves with an outcome or a failure for each, in the
 * order of the ids; `onAlerts` hears of committed alerts that need a check.
 */
export async function decideBatch(
  pool: Pool,
  ids: readonly string[],
  onAlerts: (alerts: readonly AlertToCheck[]) => void,
): Promise<PromiseSettledResult<OrderOutcome>[]> {
  try {
    const { outcomes, alerts } = await decideWithRetries(pool, ids);
    if (alerts.length > 0) onAlerts(alerts);
    return outcomes.map((value) => ({ status: "fulfilled", value }));
  } catch (reason) {
    if (ids.length === 1 || !isFaultOfOneOrder(reason)) {
      return ids.map(() => ({ status: "rejected", reason }));
    }
    const middle = Math.ceil(ids.length / 2);
    const first = await decideBatch(pool, ids.slice(0, middle), onAlerts);
    return [...first, ...(await decideBatch(pool, ids.slice(middle), onAlerts))];
  }
}

function decideWithRetries(pool: Pool, ids: readonly string[]): Promise<DecidedBatch> {
  return retryTransaction(
    () => inTransaction(pool, (client) => decideOnce(client, ids)),
    (error) => lostAgainstAnother(error) || sqlStateOf(error) === checkViolation,
  );
}

async function decideOnce(client: PoolClient, ids: readonly string[]): Promise<DecidedBatch> {
  const orders = await lockPendingOrders(client, ids);
  const outcomes = new Map<string, OrderOutcome>();
  let alerts: readonly AlertToCheck[] = [];
  if (orders.length > 0) {
    const itemsOf = new Map(orders.map((order) => [order.id, order.lines.map(([item]) => item)]));
    const locked = await lockLevels(client, new Set([...itemsOf.values()].flat()));
    const pending = orders.map((order) => ({ id: order.id, lines: linesOf(order, locked) }));
    const plan = planBatch(pending, locked.levels);
    const awaited = orders.flatMap((order) => (order.awaited ? [order.id] : []));
    alerts = await applyPlan(client, plan, { ...locked, itemsOf, awaited });
    const references = new Map(orders.map((order) => [order.id, order.reference]));
    for (const decided of plan.orders) {
      outcomes.set(decided.id, describe(references.get(decided.id) ?? "", decided.plan, locked));
    }
  }
  const others = ids.filter((id) => !outcomes.has(id));
  const statuses = others.length > 0 ? await readStatuses(client, others) : undefined;
  for (const id of others) {
    const order = statuses?.get(id);
    outcomes.set(id, order ? { outcome: "already-ended", ...order } : { outcome: "unknown-order" });
  }
  return { outcomes: ids.map((id) => outcomes.get(id) ?? { outcome: "unknown-order" }), alerts };
}

function linesOf(order: LockedOrder, { holderOf }: LockedLevels): RequestedLine[] {
  return order.lines.map(([itemId, quantity]) => {
    const holderId = holderOf.get(itemId);
    if (holderId === undefined) {
      throw new UndecidableOrderError(
        `Order ${order.reference} asks for item ${itemId}, which has no stock level.`,
      );
    }
    return { itemId, holderId, quantity };
  });
}

function describe(reference: string, plan: OrderPlan, { levels }: LockedLevels): OrderOutcome {
  if (plan.status === "confirmed") return { outcome: "confirmed", reference, status: "confirmed" };
  const short = plan.shortages.map(({ holderId, reason, demanded, available }) => {
    const sku = levels.get(holderId)?.sku ?? `level ${holderId}`;
    return `${sku}: ${reason}, wanted ${demanded}, available ${available}`;
  });
  return { outcome: "rejected", reference, because: short.join("; ") };
}

/** Whether a failure is the fault of one order, so that the others deserve to be tried without it. */
function isFaultOfOneOrder(reason: unknown): boolean {
  if (reason instanceof UndecidableOrderError) return true;
  // 22: data that PostgreSQL refuses; 23: a constraint that it enforces.
  return /^2[23]/.test(sqlStateOf(reason));
}
