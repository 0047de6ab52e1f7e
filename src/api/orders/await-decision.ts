// Waits for an order's decision during an open request.

import type { StoredOrder } from "../../db/orders/read-orders.ts";
import type { DecisionWait } from "./decision-waiters.ts";
import type { ReadOrder } from "./order-reader.ts";

/**
 * Resolves with the order when it is decided, or as it is after `withinMs` milliseconds. `wait` must have begun before
 * the order could be decided; the caller cancels it. A wake-up does not prove a decision, because after a gap in the
 * notifications all waiting requests are woken. So the order is read, and the wait continues if it is still pending.
 */
export async function awaitDecision(
  readOrder: ReadOrder,
  id: string,
  wait: DecisionWait,
  withinMs: number,
): Promise<StoredOrder | null> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const mayBeDecided = await wait.wokenWithin(Math.max(0, deadline - performance.now()));
    const stored = await readOrder(id);
    if (stored?.status !== "pending" || !mayBeDecided || performance.now() >= deadline)
      return stored;
  }
}
