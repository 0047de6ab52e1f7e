// The template of the mail that says that a webhook was paused by the service: its receiver failed for too long, or wants
// nothing more.

import { createMailTemplate } from "../templating/mail-template.ts";
import {
  webhookPausedMailSchema,
  webhookPausedSamples,
  webhookPausedVariables,
} from "./webhook-paused-mail.ts";
import { frameWebhookPaused } from "./webhook-paused-wording.ts";
import { inEachLanguage } from "../words/mail-words.ts";

/** The template. */
export const webhookPausedTemplate = createMailTemplate({
  code: "tallyman:webhook_paused",
  name: "Webhook paused",
  description:
    "Sent to everybody who may change webhooks when one is paused because its receiver took nothing for three days, or wants nothing more.",
  words: inEachLanguage(({ webhookPaused }) => webhookPaused),
  variables: webhookPausedVariables,
  samples: webhookPausedSamples,
  schema: webhookPausedMailSchema,
  frame: frameWebhookPaused,
  drawBody: async (data, speech) =>
    (await import("./webhook-paused-body.tsx")).drawWebhookPausedBody(data, speech),
});
