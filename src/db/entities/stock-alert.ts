// An alert of a stock level. It opens when the units reach the threshold, may escalate, and ends.

import { randomUUIDv7 } from "node:crypto";
import { defineEntity, p } from "@mikro-orm/core";
import { instant } from "./instants.ts";
import { StockLevel } from "./stock-level.ts";

const schema = defineEntity({
  name: "StockAlert",
  tableName: "stock_alert",
  indexes: [
    { name: "stock_alert_of_level", properties: ["level", "id"] },
    { name: "stock_alert_open", properties: ["id"], where: "ended_at is null" },
    { name: "stock_alert_ended", properties: ["id"], where: "ended_at is not null" },
    {
      name: "stock_alert_news",
      properties: ["id"],
      where:
        "opened_checked_at is null or (escalated_at is not null and escalated_checked_at is null)",
    },
  ],
  checks: [
    {
      name: "stock_alert_acknowledged_by",
      expression: "(acknowledged_at is null) = (acknowledged_by is null)",
    },
    {
      name: "stock_alert_snoozed_by",
      expression: "(snoozed_until is null) = (snoozed_by is null)",
    },
  ],
  uniques: [{ name: "stock_alert_one_open", properties: ["level"], where: "ended_at is null" }],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUIDv7()),
    level: () => p.manyToOne(StockLevel),
    openedAs: p.enum(["low", "out"]),
    state: p.enum(["low", "out"]),
    openedAt: instant().defaultRaw("clock_timestamp()"),
    openedUnits: p.bigint("number"),
    openedLimit: p.integer(),
    openedOrderId: p.uuid().nullable(),
    openedBy: p.text().nullable(),
    openedCheckedAt: instant().nullable(),
    escalatedAt: instant().nullable(),
    escalatedUnits: p.bigint("number").nullable(),
    escalatedOrderId: p.uuid().nullable(),
    escalatedBy: p.text().nullable(),
    escalatedCheckedAt: instant().nullable(),
    endedAt: instant().nullable(),
    recipientsMissing: p.boolean().default(false),
    acknowledgedAt: instant().nullable(),
    acknowledgedBy: p.text().nullable(),
    note: p.text().nullable(),
    snoozedUntil: instant().nullable(),
    snoozedBy: p.text().nullable(),
  },
});

/** An alert. It is open while `endedAt` is empty, and not mailed before `snoozedUntil`. `note` is the acknowledgement's. */
export class StockAlert extends schema.class {}
schema.setClass(StockAlert);
