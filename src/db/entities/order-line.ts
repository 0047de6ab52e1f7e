// One line of a confirmed order, with the units that it got. It is written when the order is decided; a restock changes
// it.

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
  ],
  checks: [
    {
      name: "order_line_served_within_quantity",
      expression: "allocated >= 0 and pre_ordered >= 0 and allocated + pre_ordered <= quantity",
    },
    {
      name: "order_line_restocked_within_allocated",
      expression: "restocked >= 0 and restocked <= allocated",
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
  },
});

/** A line of a confirmed order. Item and holder are ids of stock levels; an untracked line has no holder. */
export class OrderLine extends schema.class {}
schema.setClass(OrderLine);
