// Builds lines of confirmed orders for tests.

import type { OrderLineUnits } from "../../../src/domain/order/line-units.ts";

/** A line whose units were all taken from stock, and of which nothing was given up, unless it says otherwise. */
export function buildOrderLine(
  line: number,
  sku: string,
  quantity: number,
  units: Partial<OrderLineUnits> = {},
): OrderLineUnits {
  const { preOrdered = 0, released = 0 } = units;
  return {
    line,
    sku,
    quantity,
    allocated: quantity - preOrdered - released,
    preOrdered,
    cancelled: 0,
    refunded: 0,
    released,
    restocked: 0,
    ...units,
  };
}
