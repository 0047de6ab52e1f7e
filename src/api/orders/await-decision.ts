// Waits for an order's decision on behalf of an open request.

import type { StoredOrder } from "../../db/orders/read-orders.ts";
import type { Decisions, Expectation } from "./decisions.ts";
import type { ReadOrder } from "./order-reader.ts";

/**
 * Resolves with the order once it is decided, or as it stands when the time is up. `expected` must have
 * been made before the order could be decided. A wake-up is no proof of a decision: after a gap in the
 * notifications everybody is woken to look, and waits on where there is nothing to see yet.
 */
export async function awaitDecision(
  readOrder: ReadOrder,
  decisions: Decisions,
  id: string,
  expected: Expectation,
  withinMs: number,
): Promise<StoredOrder | null> {
  const deadline = performance.now() + withinMs;
  let waiting = expected;
  for (;;) {
    await waiting.decided(Math.max(0, deadline - performance.now()));
    waiting = decisions.expect(id);
    const stored = await readOrder(id);
    if (stored?.status !== "pending" || performance.now() >= deadline) {
      waiting.cancel();
      return stored;
    }
  }
}
