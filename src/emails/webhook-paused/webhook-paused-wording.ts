// The sentences of the built-in mail about a webhook that was paused, for both its HTML and its plain text.

import { oneLine, shortLine } from "../../domain/one-line.ts";
import { type MailFact, mailFact } from "../templating/mail-facts.ts";
import type { MailFrame, Speech } from "../templating/mail-template.ts";
import type { WebhookPausedMail } from "./webhook-paused-mail.ts";
import type { WebhookPausedWords } from "./webhook-paused-words.ts";

/** A headline cuts a longer name, in characters. */
const headlineNameCharactersMax = 120;

/** What surrounds the body. */
export function frameWebhookPaused(
  { store, recipient, webhook, pause }: WebhookPausedMail,
  { words }: Speech<WebhookPausedWords>,
): MailFrame {
  return {
    preheader: words.preheader(words.reasons[pause.reason]),
    footer: words.footer(oneLine(store.name), oneLine(recipient.email)),
    links: [store.adminUrl, webhook.adminUrl],
  };
}

/** Everything that the built-in body says, from top to bottom. */
export type WebhookPausedWording = {
  readonly headline: string;
  readonly lead: string;
  readonly action: { readonly label: string; readonly href: string };
  readonly facts: readonly MailFact[];
};

/** What the built-in body says. */
export function wordWebhookPaused(
  { webhook, pause }: WebhookPausedMail,
  { words, formats }: Speech<WebhookPausedWords>,
): WebhookPausedWording {
  const { reason, at, failingSince, lastError } = pause;
  return {
    headline: words.headline(shortLine(webhook.name, headlineNameCharactersMax)),
    lead: `${words.reasons[reason]} ${words.advice[reason]}`,
    action: { label: words.openWebhook, href: webhook.adminUrl },
    facts: [
      mailFact(words.goesTo, webhook.host),
      ...(failingSince === null ? [] : [mailFact(words.failingSince, formats.time(failingSince))]),
      ...(lastError === null ? [] : [mailFact(words.lastFailure, lastError)]),
      mailFact(words.paused, formats.time(at)),
    ],
  };
}

/** The body as plain text. It says the same as the HTML does. */
export function writeWebhookPausedText({
  headline,
  lead,
  action,
  facts,
}: WebhookPausedWording): string {
  const lines = facts.map(({ label, value }) => `${label}: ${value}`);
  return [headline, lead, lines.join("\n"), `${action.label}: ${action.href}`].join("\n\n");
}
