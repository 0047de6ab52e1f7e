// The store's settings: one row, which always exists.

import { defineEntity, p } from "@mikro-orm/core";
import { languages, usualLanguage } from "../../domain/language/languages.ts";
import { stockTakings } from "../../domain/order/payment.ts";
import { updatedAt } from "./instants.ts";

const schema = defineEntity({
  name: "Store",
  tableName: "store",
  properties: {
    id: p.smallint().primary().autoincrement(false).default(1).check("id = 1"),
    name: p.text(),
    mailFromName: p.text().nullable(),
    mailFromEmail: p.text().nullable(),
    replyToEmail: p.text().nullable(),
    restockOnReturn: p.boolean().default(false),
    takeStock: p.enum(stockTakings).default("placed"),
    leadDays: p.integer().nullable().check("lead_days >= 0 and lead_days <= 366"),
    language: p.enum(languages).default(usualLanguage),
    /** Signs the links that people follow from a mail without a login. */
    linkKey: p.text().hidden(),
    version: p.integer().version().default(1),
    updatedAt: updatedAt(),
  },
});

/** The settings. Their id is 1. */
export class Store extends schema.class {}
schema.setClass(Store);
