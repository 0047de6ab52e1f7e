// Builds pending orders for tests from pairs of holder and quantity.

import type { PendingOrder } from "../../../src/domain/order/plan-batch.ts";
import type { RequestedLine } from "../../../src/domain/order/plan-order.ts";

/** A line that asks for a quantity of an item which is its own holder, unless another item is named. */
export function buildLine(holderId: number, quantity: number, itemId = holderId): RequestedLine {
  return { itemId, holderId, quantity };
}

/** An order of one line for each pair of holder id and quantity. */
export function buildOrder(
  id: string,
  ...quantities: readonly (readonly [holderId: number, quantity: number])[]
): PendingOrder {
  return { id, lines: quantities.map(([holderId, quantity]) => buildLine(holderId, quantity)) };
}
