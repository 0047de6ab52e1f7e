// The template of the mail that says that a webhook was paused by the service: its receiver failed for too long, or wants
// nothing more.

import { createMailTemplate } from "../templating/mail-template.ts";
import {
  webhookPausedMailSchema,
  webhookPausedSamples,
  webhookPausedVariables,
} from "./webhook-paused-mail.ts";
import { frameWebhookPaused } from "./webhook-paused-wording.ts";

const starterBody = `# The webhook {{ webhook.name }} is paused

{% if pause.reason == "gone" %}The receiver wants nothing more.{% else %}The receiver took nothing for three days.{% endif %} The webhook keeps its place: when you resume it, it goes on with the first event that the receiver has not got.

- Goes to: {{ webhook.host }}
{% if pause.lastError %}- Last failure: {{ pause.lastError }}
{% endif %}- Paused: {{ pause.at | date: "%d %b %Y %H:%M" }} UTC

[Open the webhook]({{ webhook.adminUrl }})
`;

/** The template. */
export const webhookPausedTemplate = createMailTemplate({
  code: "tallyman:webhook_paused",
  name: "Webhook paused",
  description:
    "Sent to everybody who may change webhooks when one is paused because its receiver took nothing for three days, or wants nothing more.",
  defaultSubject: "Webhook paused - {{ webhook.name }}",
  starterBody,
  variables: webhookPausedVariables,
  samples: webhookPausedSamples,
  schema: webhookPausedMailSchema,
  frame: frameWebhookPaused,
  drawBody: async (data) => (await import("./webhook-paused-body.tsx")).drawWebhookPausedBody(data),
});
