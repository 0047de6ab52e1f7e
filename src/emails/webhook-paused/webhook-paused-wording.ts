// The sentences of the built-in mail about a webhook that was paused, for both its HTML and its plain text.

import { oneLine, shortLine } from "../../domain/one-line.ts";
import { type MailFact, mailFact, utcTime } from "../templating/mail-facts.ts";
import type { MailFrame } from "../templating/mail-template.ts";
import type { WebhookPausedMail } from "./webhook-paused-mail.ts";

/** A headline cuts a longer name, in characters. */
const headlineNameCharactersMax = 120;

/** What surrounds the body. */
export function frameWebhookPaused({
  store,
  recipient,
  webhook,
  pause,
}: WebhookPausedMail): MailFrame {
  return {
    preheader: `${reasons[pause.reason]} It keeps its place.`,
    footer: `You get this mail because you may change the webhooks of ${oneLine(store.name)}. It was sent to ${oneLine(recipient.email)}.`,
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

const reasons = {
  gone: "The receiver answered that it wants nothing more, so nothing is sent to it any more.",
  failing: "The receiver took nothing for three days, so nothing is sent to it any more.",
} as const;

const advice = {
  gone: "If that is right, delete the webhook. If not, resume it",
  failing: "Resume it when the receiver works again",
} as const;

/** What the built-in body says. */
export function wordWebhookPaused({ webhook, pause }: WebhookPausedMail): WebhookPausedWording {
  const { reason, at, failingSince, lastError } = pause;
  return {
    headline: `The webhook ${shortLine(webhook.name, headlineNameCharactersMax)} is paused`,
    lead: `${reasons[reason]} The webhook keeps its place. ${advice[reason]}: it goes on with the first event that the receiver has not got.`,
    action: { label: "Open the webhook", href: webhook.adminUrl },
    facts: [
      mailFact("Goes to", webhook.host),
      ...(failingSince === null ? [] : [mailFact("Failing since", utcTime(failingSince))]),
      ...(lastError === null ? [] : [mailFact("Last failure", lastError)]),
      mailFact("Paused", utcTime(at)),
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
