// The sentences of the built-in mail that tells of several items at once, for both its HTML and its plain text.

import { oneLine, shortLine } from "../../domain/one-line.ts";
import { badges } from "../low-stock/low-stock-wording.ts";
import type { MailFrame } from "../templating/mail-template.ts";
import type { DigestItem, DigestMail } from "./digest-mail.ts";

/** A line cuts a longer name, in characters. With 150 items the mail stays below what Gmail shows. */
const nameCharactersMax = 90;

const wholeNumber = new Intl.NumberFormat("en");

const count = (quantity: number): string => wholeNumber.format(quantity).replace("-", "\u2212");

/** What surrounds the body. */
export function frameDigest(data: DigestMail): MailFrame {
  const { store, recipient, items, alertsUrl } = data;
  return {
    preheader: summary(data),
    footer: `You get this mail because you look after the stock of ${oneLine(store.name)}. It was sent to ${oneLine(recipient.email)}.`,
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
export function wordDigest(data: DigestMail): DigestWording {
  const { occasion, more, items, alertsUrl } = data;
  const total = data.count;
  const what = total === 1 ? "item needs" : "items need";
  return {
    headline: `${count(total)} ${what} a look`,
    lead:
      occasion === "daily"
        ? `This is what became low or stopped selling since your last daily mail. ${summary(data)}`
        : `They became low or stopped selling within a short time, so one mail tells you of all. ${summary(data)}`,
    lines: items.map((item) => ({
      name: shortLine(item.name, nameCharactersMax),
      sku: oneLine(item.sku),
      state: item.state,
      badge: item.state === "over" ? "In stock again" : badges[item.state],
      says: countWords(item),
      href: item.adminUrl,
    })),
    rest: more === 0 ? null : `And ${count(more)} more. The list of alerts has all of them.`,
    action: { label: "Open the alerts", href: alertsUrl },
  };
}

function summary({ items, more }: DigestMail): string {
  const of = (state: DigestItem["state"]) => items.filter((item) => item.state === state).length;
  const parts = [
    [of("none-left"), "with none left"],
    [of("held-back"), "not sold any more"],
    [of("low"), "low"],
    [of("over"), "in stock again"],
    [more, "more"],
  ] as const;
  const said = parts.flatMap(([number, words]) =>
    number > 0 ? [`${count(number)} ${words}`] : [],
  );
  return `${said.join(", ")}.`;
}

function countWords({ unitsInStock, state, threshold }: DigestItem): string {
  if (unitsInStock < 0) return `${count(-unitsInStock)} short`;
  if (state === "held-back") return `${count(unitsInStock)} held back by ${count(threshold)}`;
  return `${count(unitsInStock)} left, threshold ${count(threshold)}`;
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
