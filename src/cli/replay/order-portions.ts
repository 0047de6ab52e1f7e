// Parts a history into portions that one request can carry.

import { orderLimits } from "../../contract/orders.ts";
import type { HistoryOrder } from "./group-orders.ts";

/** What the service takes in one request: a body of at most 1 MB, with something to spare. */
const bodyBytesMax = 900_000;

/**
 * The orders in portions, in their order. A portion has at most `ordersMax` orders, and is never larger
 * than a request may be. An order larger than that alone is a portion of its own.
 */
export function* portionsOf(
  orders: readonly HistoryOrder[],
  ordersMax: number = orderLimits.bulk,
): Generator<readonly HistoryOrder[]> {
  let portion: HistoryOrder[] = [];
  let bytes = 0;
  for (const order of orders) {
    const size = Buffer.byteLength(JSON.stringify(order)) + 1;
    if (portion.length > 0 && (portion.length === ordersMax || bytes + size > bodyBytesMax)) {
      yield portion;
      portion = [];
      bytes = 0;
    }
    portion.push(order);
    bytes += size;
  }
  if (portion.length > 0) yield portion;
}
