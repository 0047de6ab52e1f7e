// A delivery that a supplier has announced, and its lines. It is open until everything came, or until somebody closes
// it. SQL writes both, under the delivery's lock.

import { randomUUIDv7 } from "node:crypto";
import { defineEntity, p } from "@mikro-orm/core";
import { instant } from "./instants.ts";

const deliverySchema = defineEntity({
  name: "ExpectedDelivery",
  tableName: "expected_delivery",
  indexes: [
    {
      name: "expected_delivery_open",
      properties: ["expectedAt", "id"],
      where: "closed_at is null",
    },
    {
      name: "expected_delivery_closed",
      properties: ["expectedAt", "id"],
      where: "closed_at is not null",
    },
  ],
  checks: [
    {
      name: "expected_delivery_closed_by_somebody",
      expression: "(closed_at is null) = (closed_by is null)",
    },
    {
      name: "expected_delivery_reason_of_closing",
      expression: "close_reason is null or closed_at is not null",
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUIDv7()),
    reference: p.text().unique(),
    supplier: p.text().nullable(),
    note: p.text().nullable(),
    expectedAt: instant(),
    createdAt: instant().defaultRaw("clock_timestamp()"),
    createdBy: p.text(),
    closedAt: instant().nullable(),
    closedBy: p.text().nullable(),
    closeReason: p.text().nullable(),
  },
});

const lineSchema = defineEntity({
  name: "ExpectedDeliveryLine",
  tableName: "expected_delivery_line",
  indexes: [
    { name: "expected_delivery_line_incoming", properties: ["sku"], where: "incoming > 0" },
  ],
  uniques: [
    { name: "expected_delivery_line_delivery_id_sku_key", properties: ["delivery", "sku"] },
  ],
  checks: [{ name: "expected_delivery_line_not_empty", expression: "units > 0 or received > 0" }],
  properties: {
    delivery: () => p.manyToOne(ExpectedDelivery).updateRule("no action").primary(),
    line: p.integer().primary(),
    sku: p.text(),
    units: p.bigint("number").check("units >= 0"),
    received: p.bigint("number").check("received >= 0").defaultRaw("0"),
    isClosed: p.boolean().default(false),
    incoming: p
      .bigint("number")
      .generated(
        "(case when is_closed or received >= units then 0 else units - received end) stored",
      )
      .nullable(),
  },
});

/** An expected delivery. */
export class ExpectedDelivery extends deliverySchema.class {}
deliverySchema.setClass(ExpectedDelivery);

/**
 * All units of one SKU in a delivery. `units` is 0 if it came without being expected. `incoming`: units still on their
 * way, 0 once the delivery is closed.
 */
export class ExpectedDeliveryLine extends lineSchema.class {}
lineSchema.setClass(ExpectedDeliveryLine);
