// The sentences and figures of the built-in low-stock mail, for both its HTML and its plain text. Pure: the same data
// gives the same text, in English, with times in UTC.

import { oneLine, shortLine } from "../one-line.ts";
import type { MailFrame } from "../templating/mail-template.ts";
import type { LowStockMail } from "./low-stock-mail.ts";

/** One row of the mail's table. `href` is the address that the value links to, or null. */
export type LowStockFact = {
  readonly label: string;
  readonly value: string;
  readonly href: string | null;
};

/** One of the numbers that the mail shows in large type. */
export type LowStockFigure = { readonly label: string; readonly value: string };

/** Everything that the built-in body says, from top to bottom. */
export type LowStockWording = {
  readonly badge: string;
  readonly headline: string;
  readonly lead: string;
  readonly figures: readonly LowStockFigure[];
  readonly facts: readonly LowStockFact[];
  readonly action: { readonly label: string; readonly href: string };
};

const wholeNumber = new Intl.NumberFormat("en");

const utcTime = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: "UTC",
});

/** A headline cuts a longer product or variant name, in characters. */
const headlineNameCharactersMax = 120;

/** What surrounds the body of a low-stock mail. */
export function frameLowStock(data: LowStockMail): MailFrame {
  const { stock, soldLast7Days, store, product, order, alert, recipient } = data;
  return {
    preheader: `${unitsLeft(stock.unitsInStock)}, threshold ${count(stock.threshold)}. ${count(soldLast7Days)} sold in the last 7 days.`,
    footer: `You get this mail because you look after the stock of ${oneLine(store.name)}. It was sent to ${oneLine(recipient.email)}.`,
    links: [
      store.adminUrl,
      product.adminUrl,
      alert.adminUrl,
      ...(order === null ? [] : [order.adminUrl]),
    ],
  };
}

/** What the built-in body of a low-stock mail says. */
export function wordLowStock(data: LowStockMail): LowStockWording {
  const { stock, soldLast7Days } = data;
  const out = stock.state === "out";
  return {
    badge: out ? "Out of stock" : "Low stock",
    headline: `${holderLabel(data)} ${out ? "is out of stock" : "is running low"}`,
    lead: leadSentence(data),
    figures: [
      {
        label: stock.unitsInStock === 1 ? "unit left" : "units left",
        value: count(stock.unitsInStock),
      },
      { label: "threshold", value: count(stock.threshold) },
      { label: "sold in 7 days", value: count(soldLast7Days) },
    ],
    facts: listFacts(data),
    action: { label: "Open the product", href: data.product.adminUrl },
  };
}

function holderLabel({ product, holder }: LowStockMail): string {
  const productName = shortLine(product.name, headlineNameCharactersMax);
  return holder.kind === "product"
    ? productName
    : `${productName} (${shortLine(holder.name, headlineNameCharactersMax)})`;
}

function leadSentence({ holder, product, stock, order, cause }: LowStockMail): string {
  const who =
    holder.kind === "product"
      ? "This product"
      : `The variant ${oneLine(holder.name)} of ${oneLine(product.name)}`;
  const by = order === null ? oneLine(cause) : `order ${oneLine(order.reference)}`;
  const { unitsInStock, threshold } = stock;
  if (unitsInStock < 0) {
    return `After ${by}, ${lowerFirst(who)} is ${units(-unitsInStock)} short: more was sold than was there.`;
  }
  if (unitsInStock === 0) return `After ${by}, ${lowerFirst(who)} has no units left.`;
  // Units may have been restocked after the threshold was reached and before this mail was written.
  const position =
    unitsInStock === threshold ? "exactly" : unitsInStock < threshold ? "below" : "above";
  return `After ${by}, ${lowerFirst(who)} has ${units(unitsInStock)} left, ${position} its threshold of ${count(threshold)}.`;
}

function listFacts(data: LowStockMail): LowStockFact[] {
  const { product, holder, order, alert } = data;
  return [
    fact("Product", product.name, product.adminUrl),
    ...(holder.kind === "variant" ? [fact("Variant", holder.name)] : []),
    fact(holder.kind === "variant" ? "Variant SKU" : "SKU", holder.sku),
    order === null
      ? fact("Caused by", upperFirst(data.cause))
      : fact("Caused by", `Order ${order.reference}`, order.adminUrl),
    ...paceFact(data).map((pace) => fact("At this pace", pace)),
    fact("Alert raised", `${utcTime.format(new Date(alert.openedAt))} UTC`, alert.adminUrl),
  ];
}

function fact(label: string, value: string, href: string | null = null): LowStockFact {
  return { label, value: oneLine(value), href };
}

/** How long the units last if sales go on as in the last 7 days. Empty if there are no units or no sales. */
function paceFact({ stock, soldLast7Days }: LowStockMail): string[] {
  if (stock.unitsInStock <= 0 || soldLast7Days <= 0) return [];
  const days = stock.unitsInStock / (soldLast7Days / 7);
  if (days < 1) return ["Lasts less than a day"];
  if (days >= 60) return ["Lasts more than 2 months"];
  const whole = Math.round(days);
  return [`Lasts about ${whole === 1 ? "a day" : `${whole} days`}`];
}

function unitsLeft(unitsInStock: number): string {
  if (unitsInStock < 0) return `${units(-unitsInStock)} short`;
  return unitsInStock === 0 ? "No units left" : `${units(unitsInStock)} left`;
}

function units(quantity: number): string {
  return `${count(quantity)} ${quantity === 1 ? "unit" : "units"}`;
}

function count(quantity: number): string {
  return wholeNumber.format(quantity).replace("-", "\u2212");
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
