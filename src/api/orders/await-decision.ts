// Waits for an order's decision on behalf of an open request.

import type { StoredOrder } from "../../db/orders/read-orders.ts";
import type { DecisionWait } from "./decision-waiters.ts";
import type { ReadOrder } from "./order-reader.ts";

/**
 * Resolves with the order once it is decided, or as it stands when the time is up. `wait` must have
 * been made before the order could be decided, and is its maker's to cancel. A wake-up is no proof of a
 * decision: after a gap in the notifications everybody is woken to look, and waits on where there is
 * nothing to see yet.
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
