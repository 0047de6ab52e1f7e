// An order as it was accepted, and its decision. Intake and batches write it with SQL.

import { randomUUIDv7 } from "node:crypto";
import { defineEntity, p } from "@mikro-orm/core";
import { orderStatuses } from "../../domain/order/order-status.ts";
import { instant } from "./instants.ts";

const schema = defineEntity({
  name: "Order",
  tableName: "order",
  indexes: [
    { name: "order_pending", properties: ["id"], where: "status = 'pending'" },
    {
      name: "order_unusual",
      properties: ["status", "id"],
      where: "status in ('rejected', 'cancelled', 'refunded')",
    },
    {
      name: "order_reference",
      properties: ["reference"],
      expression: 'create unique index order_reference on "order" (reference)',
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUIDv7()),
    reference: p.text(),
    fingerprint: p.blob(),
    status: p.enum(orderStatuses).default("pending"),
    requested: p.json<unknown>().columnType("json"),
    customer: p.json<unknown>().columnType("json").nullable(),
    note: p.text().nullable(),
    acceptedAt: instant().defaultRaw("clock_timestamp()"),
    acceptedBy: p.text(),
    awaited: p.boolean().default(false),
    decidedAt: instant().nullable(),
    rejection: p.json<unknown>().columnType("json").nullable(),
    jobId: p.uuid().nullable(),
  },
});

/** An order. Its lines exist once it is confirmed. */
export class Order extends schema.class {}
schema.setClass(Order);
