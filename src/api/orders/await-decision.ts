// Waits for an order's decision on behalf of an open request.

import type { StoredOrder } from "../../db/orders/read-orders.ts";
import type { Expectation } from "./decisions.ts";
import type { ReadOrder } from "./order-reader.ts";

/**
 * Resolves with the order once it is decided, or as it stands when the time is up. `expected` must have
 * been made before the order could be decided, and is its maker's to cancel. A wake-up is no proof of a
 * decision: after a gap in the notifications everybody is woken to look, and waits on where there is
 * nothing to see yet.
 */
export async function awaitDecision(
  readOrder: ReadOrder,
  id: string,
  expected: Expectation,
  withinMs: number,
): Promise<StoredOrder | null> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const mayBeDecided = await expected.decided(Math.max(0, deadline - performance.now()));
    const stored = await readOrder(id);
    if (stored?.status !== "pending" || !mayBeDecided || performance.now() >= deadline)
      return stored;
  }
}
