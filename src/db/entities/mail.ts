// One mail to one recipient, from the moment it is due until it is sent or has failed for good.

import { randomUUIDv7 } from "node:crypto";
import { defineEntity, p } from "@mikro-orm/core";
import { instant } from "./instants.ts";
import { PasswordRequest } from "./password-request.ts";
import { StockAlert } from "./stock-alert.ts";

const schema = defineEntity({
  name: "Mail",
  tableName: "mail",
  indexes: [
    { name: "mail_open", properties: ["id"], where: "status in ('pending', 'sending')" },
    { name: "mail_status", properties: ["status", "id"] },
    { name: "mail_of_alert", properties: ["alert", "id"], where: "alert_id is not null" },
    {
      name: "mail_waiting",
      properties: ["toEmail"],
      expression:
        "create index mail_waiting on mail (lower(to_email)) where waits_until is not null and status = 'pending'",
    },
    {
      name: "mail_released",
      properties: ["toEmail", "releasedAt"],
      expression:
        "create index mail_released on mail (lower(to_email), released_at) where released_at is not null",
    },
    {
      name: "mail_gathered",
      properties: ["gatheredIn"],
      where: "gathered_in is not null",
    },
    { name: "mail_resend", properties: ["resendOf"], where: "resend_of is not null" },
    {
      name: "mail_password_request",
      properties: ["passwordRequest"],
      where: "password_request_id is not null",
    },
  ],
  checks: [
    {
      name: "mail_gathered_is_not_sent",
      expression: "gathered_in is null or status = 'cancelled'",
    },
  ],
  uniques: [
    {
      name: "mail_once_per_recipient",
      properties: ["alert", "notice", "toEmail"],
      where: "alert_id is not null and resend_of is null and news is null",
    },
    {
      name: "mail_once_per_news",
      properties: ["alert", "news", "toEmail"],
      where: "alert_id is not null and resend_of is null and news is not null",
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUIDv7()),
    templateCode: p.text(),
    alert: () => p.manyToOne(StockAlert).deleteRule("no action").nullable(),
    notice: p.enum(["low", "out"]).nullable(),
    resendOf: () => p.manyToOne(Mail).joinColumn("resend_of").deleteRule("no action").nullable(),
    toName: p.text(),
    toEmail: p.text(),
    data: p.json<unknown>().columnType("json"),
    messageId: p.text().unique(),
    status: p.enum(["pending", "sending", "sent", "failed", "cancelled"]).default("pending"),
    attempts: p.integer().default(0),
    claimedUntil: instant().nullable(),
    lastError: p.text().nullable(),
    overrideProblem: p.text().nullable(),
    subject: p.text().nullable(),
    html: p.text().nullable(),
    bodyText: p.text().nullable(),
    createdAt: instant().defaultRaw("clock_timestamp()"),
    sentAt: instant().nullable(),
    news: p.integer().nullable(),
    waitsUntil: instant().nullable(),
    releasedAt: instant().nullable(),
    gatheredIn: () =>
      p.manyToOne(Mail).joinColumn("gathered_in").deleteRule("no action").nullable(),
    failingSince: instant().nullable(),
    passwordRequest: () =>
      p.manyToOne(PasswordRequest).deleteRule("set null").updateRule("no action").nullable(),
  },
});

/**
 * A mail. `news` is the number of the news of its alert that it is about, and `notice` the state that these tell.
 * `waitsUntil` is when it is looked at next: until then it is not sent. `gatheredIn` is the mail that tells this one's news
 * together with others.
 * `failingSince` is when its first attempt failed. `passwordRequest` is the request that a mail with a one-time link answers.
 */
export class Mail extends schema.class {}
schema.setClass(Mail);
