// One line of a confirmed order: the units that it took, those that it waits for, and those that were given up. It is
// written when the order is decided.

import { defineEntity, p } from "@mikro-orm/core";

const schema = defineEntity({
  name: "OrderLine",
  tableName: "order_line",
  indexes: [
    {
      name: "order_line_pre_ordered",
      properties: ["itemId", "orderId"],
      where: "pre_ordered > 0",
    },
    {
      name: "order_line_released",
      properties: ["itemId", "orderId"],
      where: "released > 0",
    },
    { name: "order_line_waiting", properties: ["orderId"], where: "pre_ordered > 0" },
  ],
  checks: [
    {
      name: "order_line_served_within_quantity",
      expression:
        "allocated >= 0 and pre_ordered >= 0 and released >= 0 and allocated + pre_ordered + released <= quantity",
    },
    {
      name: "order_line_given_up_within_quantity",
      expression: "cancelled >= 0 and refunded >= 0 and cancelled + refunded <= quantity",
    },
    {
      name: "order_line_released_within_given_up",
      expression: "released <= cancelled + refunded",
    },
    {
      name: "order_line_restocked_within_given_up",
      expression:
        "restocked >= 0 and restocked <= allocated and restocked <= cancelled + refunded - released",
    },
  ],
  properties: {
    orderId: p.uuid().primary(),
    line: p.smallint().primary(),
    itemId: p.integer(),
    holderId: p.integer().nullable(),
    quantity: p.integer().check("quantity > 0"),
    allocated: p.integer(),
    preOrdered: p.integer(),
    restocked: p.integer().default(0),
    cancelled: p.integer().default(0),
    refunded: p.integer().default(0),
    released: p.integer().default(0),
  },
});

/**
 * A line of a confirmed order. Item and holder are ids of stock levels; an untracked line has no holder. `allocated`:
 * units ever taken from stock. `preOrdered`: promised units that still wait. `released`: promised units that were given
 * up before they came, as part of those cancelled and refunded.
 */
export class OrderLine extends schema.class {}
schema.setClass(OrderLine);
