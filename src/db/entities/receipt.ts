// Units that arrived, as they were received, and the level and movement of each SKU. SQL writes both, in the
// transaction that changes the levels.

import { randomUUIDv7 } from "node:crypto";
import { defineEntity, p } from "@mikro-orm/core";
import { ExpectedDelivery } from "./expected-delivery.ts";
import { instant } from "./instants.ts";

const receiptSchema = defineEntity({
  name: "Receipt",
  tableName: "receipt",
  indexes: [
    {
      name: "receipt_of_delivery",
      properties: ["expectedDelivery", "id"],
      where: "expected_delivery_id is not null",
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
    expectedDelivery: () => p.manyToOne(ExpectedDelivery).deleteRule("no action").nullable(),
    receivedAt: instant().defaultRaw("clock_timestamp()"),
    receivedBy: p.text(),
  },
});

const lineSchema = defineEntity({
  name: "ReceiptLine",
  tableName: "receipt_line",
  indexes: [{ name: "receipt_line_of_movement", properties: ["levelId", "movementId"] }],
  uniques: [{ name: "receipt_line_receipt_id_sku_key", properties: ["receipt", "sku"] }],
  properties: {
    receipt: () => p.manyToOne(Receipt).updateRule("no action").primary(),
    line: p.integer().primary(),
    sku: p.text(),
    itemId: p.integer(),
    levelId: p.integer(),
    movementId: p.bigint("number"),
    units: p.bigint("number").check("units > 0"),
  },
});

/** A receipt. Its reference is unique. */
export class Receipt extends receiptSchema.class {}
receiptSchema.setClass(Receipt);

/** All units of one SKU in a receipt. Item and level are ids of stock levels; `movementId` is of that level's ledger. */
export class ReceiptLine extends lineSchema.class {}
lineSchema.setClass(ReceiptLine);
