// Splits a history into portions for one request each.

import { orderLimits } from "../../contract/orders.ts";
import type { HistoryOrder } from "./group-orders.ts";

/** Less than the service's limit for a body, 1 MB. */
const bodyBytesMax = 900_000;

/**
 * The orders in portions, in their order. A portion has at most `ordersMax` orders and `bodyBytesMax` bytes. An order
 * that is larger alone gets its own portion.
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
