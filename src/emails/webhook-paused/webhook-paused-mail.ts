// The data of one mail about a webhook that was paused, as it is stored with the mail's row, and the variables that an
// override may use.

import * as z from "zod";
import {
  adminUrlSchema,
  mailDataShape,
  type MailSample,
  type TemplateVariable,
} from "../templating/mail-template.ts";

const instantSchema = z.iso.datetime({ offset: true });

/** Parses the stored data. Fields that a newer version added are dropped. */
export const webhookPausedMailSchema = z.object({
  ...mailDataShape,
  webhook: z.object({
    /** Its description, or its host if it has none. */
    name: z.string(),
    /** Its host. The rest of its address may be a secret. */
    host: z.string(),
    adminUrl: adminUrlSchema,
  }),
  pause: z.object({
    /** `gone`: the endpoint answered 410. `failing`: it took nothing for three days. */
    reason: z.enum(["gone", "failing"]),
    at: instantSchema,
    failingSince: instantSchema.nullable(),
    /** What went wrong last, as a sentence. */
    lastError: z.string().nullable(),
  }),
});

/** Everything that one such mail says to one recipient. */
export type WebhookPausedMail = z.infer<typeof webhookPausedMailSchema>;

/** Every field of the data. */
export const webhookPausedVariables: readonly TemplateVariable[] = [
  { name: "store.name", meaning: "The store's name.", sample: "Corner Shop" },
  {
    name: "store.adminUrl",
    meaning: "Address of the admin app.",
    sample: "https://shop.example.com/admin",
  },
  {
    name: "webhook.name",
    meaning: "The webhook's description, or its host if it has none.",
    sample: "Search index",
  },
  {
    name: "webhook.host",
    meaning: "The host that the webhook goes to.",
    sample: "hooks.example.com",
  },
  {
    name: "webhook.adminUrl",
    meaning: "Address of the webhook in the admin app.",
    sample: "https://shop.example.com/admin/settings/webhooks/0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
  },
  {
    name: "pause.reason",
    meaning: "gone if the receiver wants nothing more; failing if it took nothing for three days.",
    sample: "failing",
  },
  {
    name: "pause.at",
    meaning: 'When it was paused, in UTC. Format it with | date: "%d %b %Y %H:%M".',
    sample: "2026-03-14T09:26:00Z",
  },
  {
    name: "pause.failingSince",
    meaning:
      "Since when messages failed, in UTC; empty if none had. Test with {% if pause.failingSince %}.",
    sample: "2026-03-11T09:20:00Z",
  },
  {
    name: "pause.lastError",
    meaning: "What went wrong last, as a sentence; may be empty.",
    sample: "hooks.example.com refused the connection. Is its program running?",
  },
  { name: "recipient.name", meaning: "Name of the person the mail goes to.", sample: "Ada" },
  { name: "recipient.email", meaning: "Address the mail goes to.", sample: "ada@example.com" },
];

const adminUrl = "https://shop.example.com/admin";

const base = {
  store: { name: "Corner Shop", adminUrl },
  recipient: { name: "Ada", email: "ada@example.com" },
  webhook: {
    name: "Search index",
    host: "hooks.example.com",
    adminUrl: `${adminUrl}/settings/webhooks/0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b`,
  },
};

const at = "2026-03-14T09:26:00Z";

/** Believable data for each shape of the mail. */
export const webhookPausedSamples: readonly MailSample<WebhookPausedMail>[] = [
  {
    title: "webhook that failed for three days",
    data: {
      ...base,
      pause: {
        reason: "failing",
        at,
        failingSince: "2026-03-11T09:20:00Z",
        lastError: "hooks.example.com refused the connection. Is its program running?",
      },
    },
  },
  {
    title: "webhook that wants nothing more",
    data: {
      ...base,
      webhook: { ...base.webhook, name: base.webhook.host },
      pause: {
        reason: "gone",
        at,
        failingSince: null,
        lastError: "The endpoint answered 410: it wants no more messages.",
      },
    },
  },
  {
    title: "webhook with nothing in its log",
    data: { ...base, pause: { reason: "failing", at, failingSince: null, lastError: null } },
  },
];
