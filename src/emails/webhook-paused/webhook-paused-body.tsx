// The built-in body of the mail about a webhook that was paused: why, and where to resume it.

import { MailButton, MailFacts, MailHeading, MailLead } from "../templating/mail-parts.tsx";
import type { MailBody, Speech } from "../templating/mail-template.ts";
import type { WebhookPausedMail } from "./webhook-paused-mail.ts";
import type { WebhookPausedWords } from "./webhook-paused-words.ts";
import { wordWebhookPaused, writeWebhookPausedText } from "./webhook-paused-wording.ts";

/** Draws the body, and writes it as plain text. */
export function drawWebhookPausedBody(
  data: WebhookPausedMail,
  speech: Speech<WebhookPausedWords>,
): MailBody {
  const wording = wordWebhookPaused(data, speech);
  const content = (
    <>
      <MailHeading>{wording.headline}</MailHeading>
      <MailLead>{wording.lead}</MailLead>
      <MailButton {...wording.action} />
      <MailFacts facts={wording.facts} />
    </>
  );
  return { content, text: writeWebhookPausedText(wording) };
}
