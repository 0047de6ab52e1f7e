// Decides a batch of orders: lock, plan, apply, commit. If a batch fails, it is tried again as a whole if that can help;
// otherwise it is halved until the order that can't be decided stands alone.

import type { Pool } from "pg";
import { planBatch } from "../domain/order/plan-batch.ts";
import type { OrderPlan, RequestedLine } from "../domain/order/plan-order.ts";
import type { AlertToCheck } from "../db/alerts/record-transition.ts";
import { applyPlan } from "../db/orders/apply-plan.ts";
import {
  findKnown,
  type LockedBatch,
  type LockedOrder,
  lockBatch,
  UndecidableOrderError,
} from "../db/orders/lock-batch.ts";
import { HolderChangedError, type LockedLevels } from "../db/orders/lock-levels.ts";
import { lostAgainstAnother, retryTransaction, sqlStateOf } from "../db/sql/retry-transaction.ts";
import { inTransaction, type Transaction } from "../db/sql/transaction.ts";
import type { TakeTicket } from "../flow/ticket-lock.ts";

/** What became of one order, for operators. An order that was not pending any more is left as it is. */
export type OrderOutcome =
  | { readonly outcome: "confirmed" | "already-ended" | "unknown-order" }
  | { readonly outcome: "rejected"; readonly reference: string; readonly because: string };

/** A committed batch, as it is measured. */
export type MeasuredBatch = {
  readonly confirmed: number;
  readonly rejected: number;
  /** How long the transaction waited for its turn and its locks, in seconds. */
  readonly lockSeconds: number;
  /** For each order, how long its decision took since it was accepted or paid, in seconds. */
  readonly decisionSeconds: readonly number[];
};

type DecidedBatch = {
  readonly outcomes: readonly OrderOutcome[];
  readonly alerts: readonly AlertToCheck[];
  readonly measured: MeasuredBatch;
};

/**
 * The SQLSTATE of a violated check: a count would have fallen below zero, because the product's policy changed while
 * the batch waited for its lock. Planned again on the new policy, the batch may succeed.
 */
const checkViolation = "23514";

/**
 * The SQLSTATE of a statement that took too long, because an edit held the locks. The next attempt may get them. If the
 * job gave up instead, its orders would wait for the sweeper.
 */
const cancelled = "57014";

/** What deciding works with. */
export type Deciding = {
  readonly pool: Pool;
  /**
   * Lets the batches of one process lock in the order in which they began, so that orders accepted earlier are
   * served earlier. Planning, writing and committing overlap.
   */
  readonly takeTicket: TakeTicket;
  /** Called with the alerts of a committed batch that need a check. */
  readonly onAlerts: (alerts: readonly AlertToCheck[]) => void;
  /** Called with each batch that was committed. */
  readonly onDecided?: (batch: MeasuredBatch) => void;
};

/**
 * Decides orders, each once, whatever else runs. Resolves with an outcome or a failure for each, in the order of `ids`.
 * Never rejects.
 */
export async function decideBatch(
  deciding: Deciding,
  ids: readonly string[],
): Promise<PromiseSettledResult<OrderOutcome>[]> {
  try {
    const { outcomes, alerts, measured } = await decideWithRetries(deciding, ids);
    //! kill point: batch-committed
    deciding.onDecided?.(measured);
    if (alerts.length > 0) deciding.onAlerts(alerts);
    return outcomes.map((value) => ({ status: "fulfilled", value }));
  } catch (reason) {
    if (ids.length === 1 || !isFaultOfOneOrder(reason)) {
      return ids.map(() => ({ status: "rejected", reason }));
    }
    const middle = Math.ceil(ids.length / 2);
    const first = await decideBatch(deciding, ids.slice(0, middle));
    return [...first, ...(await decideBatch(deciding, ids.slice(middle)))];
  }
}

function decideWithRetries(deciding: Deciding, ids: readonly string[]): Promise<DecidedBatch> {
  return retryTransaction(
    () => decideOnce(deciding, ids),
    (error) =>
      lostAgainstAnother(error) ||
      [checkViolation, cancelled].includes(sqlStateOf(error)) ||
      error instanceof HolderChangedError,
  );
}

async function decideOnce(
  { pool, takeTicket }: Deciding,
  ids: readonly string[],
): Promise<DecidedBatch> {
  const begun = performance.now();
  let lockedAt = begun;
  const ticket = takeTicket();
  try {
    // Before the transaction begins: PostgreSQL ends one that does nothing for long.
    await ticket.served;
    const decided = await inTransaction(pool, async (transaction) => {
      const locked = await lockBatch(transaction.prepared, ids);
      lockedAt = performance.now();
      ticket.release();
      return decideLocked(transaction, ids, locked);
    });
    const secondsSince = (performance.now() - lockedAt) / 1_000;
    return {
      ...decided,
      measured: {
        ...decided.counts,
        lockSeconds: (lockedAt - begun) / 1_000,
        decisionSeconds: decided.waited.map((seconds) => Math.max(0, seconds) + secondsSince),
      },
    };
  } finally {
    ticket.release();
  }
}

const unknownOrder: OrderOutcome = { outcome: "unknown-order" };

async function decideLocked(transaction: Transaction, ids: readonly string[], locked: LockedBatch) {
  const { orders } = locked;
  const pending = orders.map((order) => ({ id: order.id, lines: linesOf(order, locked) }));
  const plan = planBatch(pending, locked.levels);
  const alerts = orders.length > 0 ? await applyPlan(transaction, plan, locked) : [];

  //! kill point: batch-written
  const decisions = new Map(plan.orders.map(({ id, plan: decision }) => [id, decision]));
  const outcomes = new Map<string, OrderOutcome>();
  const counts = { confirmed: 0, rejected: 0 };
  for (const { id, reference } of orders) {
    const decision = decisions.get(id);
    if (decision === undefined) continue;
    counts[decision.status] += 1;
    outcomes.set(id, describe(reference, decision, locked));
  }
  const others = ids.filter((id) => !outcomes.has(id));
  const known = others.length > 0 ? await findKnown(transaction.sql, others) : [];
  for (const id of known) outcomes.set(id, { outcome: "already-ended" });
  return {
    outcomes: ids.map((id) => outcomes.get(id) ?? unknownOrder),
    alerts,
    counts,
    waited: orders.map((order) => order.waited),
  };
}

/** The lines of an order as they are now: for an item that was deleted and made again, of the one made again. */
function linesOf(order: LockedOrder, { holderOf, currentItemOf }: LockedLevels): RequestedLine[] {
  return order.lines.map(([itemId, quantity]) => {
    const holderId = holderOf.get(itemId);
    if (holderId === undefined) {
      throw new UndecidableOrderError(
        `Order ${order.reference} asks for item ${itemId}, which has no stock level.`,
      );
    }
    return { itemId: currentItemOf.get(itemId) ?? itemId, holderId, quantity };
  });
}

function describe(reference: string, plan: OrderPlan, { levels }: LockedLevels): OrderOutcome {
  if (plan.status === "confirmed") return { outcome: "confirmed" };
  const short = plan.shortages.map(({ holderId, reason, requested, available, heldBack }) => {
    const sku = levels.get(holderId)?.sku ?? `level ${holderId}`;
    const held = heldBack > 0 ? `, held back ${heldBack}` : "";
    return `${sku}: ${reason}, wanted ${requested}, available ${available}${held}`;
  });
  return { outcome: "rejected", reference, because: short.join("; ") };
}

/** Whether one order alone can have caused a failure, so that the others are tried without it. */
function isFaultOfOneOrder(reason: unknown): boolean {
  if (reason instanceof UndecidableOrderError) return true;
  // 22: data that PostgreSQL refuses; 23: a constraint that it enforces.
  return /^2[23]/.test(sqlStateOf(reason));
}
