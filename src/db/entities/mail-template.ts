// The store's own words for a mail, in place of the built-in ones.

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

/** A stored override. An empty subject or body leaves the built-in one in force. */
export class MailTemplate extends schema.class {}
schema.setClass(MailTemplate);
