// Makes the data of a mail about a paused webhook from what the database has of it.

import type { ComposePausedMail } from "../db/webhooks/write-webhook-paused-mails.ts";
import type { WebhookPausedMail } from "../emails/webhook-paused/webhook-paused-mail.ts";
import { webhookPausedTemplate } from "../emails/webhook-paused/webhook-paused-template.ts";

/**
 * Creates the function that makes a mail's data. `publicUrl` gives the service's address without a trailing slash;
 * `messageIdHost` is the part of each Message-ID after the @. The mail shows the webhook's host only: the rest of an
 * address may be a secret.
 */
export function createWebhookPausedComposer(
  publicUrl: () => string,
  messageIdHost: string,
): ComposePausedMail {
  return ({ id, url, description, because, at, failingSince, lastError, storeName }, recipient) => {
    const admin = `${publicUrl()}/admin`;
    const host = URL.parse(url)?.host ?? "an unreadable address";
    const data: WebhookPausedMail = {
      store: { name: storeName, adminUrl: admin },
      recipient: { name: recipient.name, email: recipient.email },
      webhook: {
        name: description.trim() === "" ? host : description,
        host,
        adminUrl: `${admin}/settings/webhooks/${id}`,
      },
      pause: {
        reason: because,
        at: at.toISOString(),
        failingSince: failingSince?.toISOString() ?? null,
        lastError,
      },
    };
    return { templateCode: webhookPausedTemplate.code, data, messageIdHost };
  };
}
