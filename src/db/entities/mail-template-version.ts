// The saved versions of a mail template, so that an earlier one can be restored.

import { defineEntity, p } from "@mikro-orm/core";
import { createdAt } from "./instants.ts";
import { MailTemplate } from "./mail-template.ts";

const schema = defineEntity({
  name: "MailTemplateVersion",
  tableName: "mail_template_version",
  properties: {
    template: () => p.manyToOne(MailTemplate).joinColumn("code").deleteRule("cascade").primary(),
    version: p.integer().primary(),
    subject: p.text().nullable(),
    body: p.text().nullable(),
    savedAt: createdAt(),
    savedBy: p.text(),
  },
});

/** One saved version of a mail template. */
export class MailTemplateVersion extends schema.class {}
schema.setClass(MailTemplateVersion);
