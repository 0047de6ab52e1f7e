// The sentences of the built-in mail that tells of several items at once, for both its HTML and its plain text.

import { oneLine, shortLine } from "../../domain/one-line.ts";
import type { LowStockWords } from "../low-stock/low-stock-words.ts";
import type { MailFormats } from "../templating/mail-formats.ts";
import type { MailFrame, Speech } from "../templating/mail-template.ts";
import { nameLimitOf } from "../templating/name-limit.ts";
import type { StockFooter } from "../words/language-words.ts";
import type { DigestItem, DigestMail } from "./digest-mail.ts";
import type { DigestWords } from "./digest-words.ts";

/** What the mail is written with. */
export type DigestSpeech = Speech<DigestWords & StockFooter & Pick<LowStockWords, "badges">>;

/** In bytes. What surrounds the own texts of 150 lines takes some 64 kB, so the mail stays below the 102 kB of Gmail. */
const ownBytesMax = 35_000;

/** What surrounds the body. */
export function frameDigest(data: DigestMail, speech: DigestSpeech): MailFrame {
  const { store, recipient, items, alertsUrl } = data;
  return {
    preheader: summary(data, speech),
    footer: speech.words.stockFooter(oneLine(store.name), oneLine(recipient.email)),
    links: [store.adminUrl, alertsUrl, ...items.map(({ adminUrl }) => adminUrl)],
  };
}

/** A line of the built-in body. */
export type DigestLine = {
  readonly name: string;
  readonly sku: string;
  readonly state: DigestItem["state"];
  readonly badge: string;
  readonly says: string;
  readonly href: string;
};

/** Everything that the built-in body says, from top to bottom. */
export type DigestWording = {
  readonly headline: string;
  readonly lead: string;
  readonly lines: readonly DigestLine[];
  /** What is said below the lines; null if all items are listed. */
  readonly rest: string | null;
  readonly action: { readonly label: string; readonly href: string };
};

/** What the built-in body says. */
export function wordDigest(data: DigestMail, speech: DigestSpeech): DigestWording {
  const { occasion, more, items, alertsUrl } = data;
  const {
    words,
    formats: { counted },
  } = speech;
  const charactersMax = nameLimitOf(
    items.map(({ name, sku, adminUrl }) => ({ name, others: `${sku}${adminUrl}` })),
    ownBytesMax,
  );
  return {
    headline: words.headline(counted(data.count)),
    lead: words.lead[occasion](summary(data, speech)),
    lines: items.map((item) => ({
      name: shortLine(item.name, charactersMax),
      sku: oneLine(item.sku),
      state: item.state,
      badge: item.state === "over" ? words.over : words.badges[item.state],
      says: countWords(item, words, counted),
      href: item.adminUrl,
    })),
    rest: more === 0 ? null : words.rest(counted(more)),
    action: { label: words.openAlerts, href: alertsUrl },
  };
}

function summary(
  { items, more }: DigestMail,
  { words, formats: { counted } }: DigestSpeech,
): string {
  const of = (state: DigestItem["state"]) => items.filter((item) => item.state === state).length;
  const states = ["none-left", "held-back", "low", "over"] as const;
  const parts = [...states.map((state) => [state, of(state)] as const), ["more", more] as const];
  const said = parts.flatMap(([part, number]) =>
    number > 0 ? [words.summary[part](counted(number))] : [],
  );
  return `${said.join(", ")}.`;
}

function countWords(
  { unitsInStock, state, threshold }: DigestItem,
  { count }: DigestWords,
  counted: MailFormats["counted"],
): string {
  if (unitsInStock < 0) return count.short(counted(-unitsInStock));
  const [units, limit] = [counted(unitsInStock), counted(threshold)];
  return state === "held-back" ? count.heldBack(units, limit) : count.left(units, limit);
}

/** The body as plain text. It says the same as the HTML does. */
export function writeDigestText({ headline, lead, lines, rest, action }: DigestWording): string {
  const list = lines.map(
    ({ name, sku, badge, says, href }) => `${badge}: ${name} (${sku}), ${says}\n  ${href}`,
  );
  return [
    headline,
    lead,
    list.join("\n"),
    ...(rest === null ? [] : [rest]),
    `${action.label}: ${action.href}`,
  ].join("\n\n");
}
