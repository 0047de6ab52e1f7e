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
      name: "order_payment",
      properties: ["status", "id"],
      where: "status in ('awaiting-payment', 'expired')",
    },
    {
      name: "order_unpaid",
      properties: ["payBy", "id"],
      where:
        "pay_by is not null and paid_at is null and status in ('awaiting-payment', 'pending', 'confirmed')",
    },
    {
      name: "order_reference",
      properties: ["reference"],
      expression: 'create unique index order_reference on "order" (reference)',
    },
  ],
  checks: [
    {
      name: "order_unpaid_if_waiting_or_expired",
      expression: "paid_at is null or not (status in ('awaiting-payment', 'expired'))",
    },
    {
      name: "order_retakeable_if_expired",
      expression: "not retakeable or status = 'expired'",
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
    payBy: instant().nullable(),
    paidAt: instant().nullable(),
    paysFirst: p.boolean().default(false),
    retakeable: p.boolean().default(false),
    retaken: p.boolean().default(false),
    requestId: p.text().nullable(),
  },
});

/**
 * An order. Its lines exist once it is confirmed. `paysFirst`: it takes stock only once it is paid. `retakeable`: it is
 * expired and may be taken once more. `retaken`: it was confirmed, expired, and was taken once more when it was paid.
 */
export class Order extends schema.class {}
schema.setClass(Order);
