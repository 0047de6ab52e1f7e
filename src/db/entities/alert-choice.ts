// How a person is told of alerts, and which items a person watches. SQL writes both.

import { randomUUIDv7 } from "node:crypto";
import { defineEntity, p } from "@mikro-orm/core";
import { mailModes } from "../../domain/alerting/mail-choice.ts";
import { AdminUser } from "./admin-user.ts";
import { instant, updatedAt } from "./instants.ts";
import { ProductType } from "./product-type.ts";
import { Product, Variant } from "./product.ts";

const choiceSchema = defineEntity({
  name: "AlertChoice",
  tableName: "alert_choice",
  checks: [
    {
      name: "alert_choice_quiet_hours",
      expression: "(quiet_from is null) = (quiet_until is null)",
    },
    { name: "alert_choice_quiet_hours_end", expression: "quiet_from <> quiet_until" },
  ],
  properties: {
    user: () => p.oneToOne(AdminUser).deleteRule("cascade").updateRule("no action").primary(),
    mode: p.enum(mailModes),
    dailyAt: p.smallint().check("daily_at >= 0 and daily_at <= 1439"),
    quietFrom: p.smallint().nullable().check("quiet_from >= 0 and quiet_from <= 1439"),
    quietUntil: p.smallint().nullable().check("quiet_until >= 0 and quiet_until <= 1439"),
    timeZone: p.text(),
    pausedUntil: instant().nullable(),
    updatedAt: updatedAt(),
    updatedBy: p.text(),
  },
});

const watchSchema = defineEntity({
  name: "AlertWatch",
  tableName: "alert_watch",
  indexes: [
    { name: "alert_watch_product", properties: ["product"] },
    {
      name: "alert_watch_once",
      properties: ["user", "product", "variant"],
      expression:
        "create unique index alert_watch_once on alert_watch (user_id, product_id, coalesce(variant_id, 0))",
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUIDv7()),
    user: () => p.manyToOne(AdminUser).deleteRule("cascade").updateRule("no action"),
    product: () => p.manyToOne(Product),
    variant: () => p.manyToOne(Variant).deleteRule("no action").nullable(),
    createdAt: instant().defaultRaw("now()"),
  },
});

const typeWatchSchema = defineEntity({
  name: "AlertTypeWatch",
  tableName: "alert_type_watch",
  indexes: [{ name: "alert_type_watch_type", properties: ["type"] }],
  properties: {
    user: () => p.manyToOne(AdminUser).deleteRule("cascade").updateRule("no action").primary(),
    type: () =>
      p
        .manyToOne(ProductType)
        .joinColumn("type_code")
        .deleteRule("cascade")
        .updateRule("no action")
        .primary(),
  },
});

/** How a person is told of alerts. Times of day are minutes since midnight. Without a row, all is told at once. */
export class AlertChoice extends choiceSchema.class {}
choiceSchema.setClass(AlertChoice);

/** That a person watches a product, or one of its variants. */
export class AlertWatch extends watchSchema.class {}
watchSchema.setClass(AlertWatch);

/** That a person watches all products of a type. */
export class AlertTypeWatch extends typeWatchSchema.class {}
typeWatchSchema.setClass(AlertTypeWatch);
