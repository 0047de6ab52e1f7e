// A piece of an alert's news: that it opened, or that it got worse. Its row says whether it was told, and when it is
// looked at next.

import { defineEntity, p } from "@mikro-orm/core";
import { instant } from "./instants.ts";
import { StockAlert } from "./stock-alert.ts";
import { StockLevel } from "./stock-level.ts";

const schema = defineEntity({
  name: "AlertNews",
  tableName: "alert_news",
  indexes: [
    { name: "alert_news_due", properties: ["alert"], where: "due_at is not null" },
    {
      name: "alert_news_told",
      properties: ["level", "state", "toldAt"],
      where: "told_at is not null",
    },
  ],
  checks: [
    { name: "alert_news_told_once", expression: "told_at is null or due_at is null" },
    {
      name: "alert_news_quiet_untold",
      expression: "not quiet or (told_at is null and due_at is null)",
    },
  ],
  properties: {
    alert: () => p.manyToOne(StockAlert).primary().deleteRule("no action"),
    number: p.integer().primary().check("number > 0"),
    level: () => p.manyToOne(StockLevel),
    state: p.enum(["low", "out"]),
    at: instant().defaultRaw("clock_timestamp()"),
    units: p.bigint("number"),
    unitLimit: p.integer(),
    orderId: p.uuid().nullable(),
    actor: p.text().nullable(),
    quiet: p.boolean().default(false),
    recoveredAt: instant().nullable(),
    checkedAt: instant().nullable(),
    dueAt: instant().nullable(),
    toldAt: instant().nullable(),
  },
});

/**
 * A piece of news. `dueAt` is when it is checked next, and empty if it needs no check any more. `recoveredAt` is when
 * units rose above the level that it is about, or the alert ended.
 */
export class AlertNews extends schema.class {}
schema.setClass(AlertNews);
