// The store's override of a mail template's subject and body.

import { defineEntity, p } from "@mikro-orm/core";
import { updatedAt } from "./instants.ts";

const schema = defineEntity({
  name: "MailTemplate",
  tableName: "mail_template",
  properties: {
    code: p.text().primary(),
    subject: p.text().nullable(),
    body: p.text().nullable(),
    version: p.integer().version().default(1),
    updatedAt: updatedAt(),
    updatedBy: p.text(),
  },
});

/** A stored override. Without a subject or body the built-in one is used. */
export class MailTemplate extends schema.class {}
schema.setClass(MailTemplate);
