// The sentences and figures of the built-in low-stock mail, for both its HTML and its plain text. Pure: the same data
// gives the same text, in English, with times in UTC.

import { oneLine, shortLine } from "../../domain/one-line.ts";
import { type MailFact, mailFact, utcTime } from "../templating/mail-facts.ts";
import type { MailFrame } from "../templating/mail-template.ts";
import type { LowStockMail } from "./low-stock-mail.ts";

/** One of the numbers that the mail shows in large type. */
export type LowStockFigure = { readonly label: string; readonly value: string };

/** Everything that the built-in body says, from top to bottom. */
export type LowStockWording = {
  readonly badge: string;
  readonly headline: string;
  readonly lead: string;
  readonly figures: readonly LowStockFigure[];
  readonly facts: readonly MailFact[];
  readonly action: { readonly label: string; readonly href: string };
};

const wholeNumber = new Intl.NumberFormat("en");

const utcDay = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** A headline cuts a longer product or variant name, in characters. */
const headlineNameCharactersMax = 120;

/** What surrounds the body of a low-stock mail. */
export function frameLowStock(data: LowStockMail): MailFrame {
  const { stock, soldLast7Days, store, product, order, alert, recipient } = data;
  return {
    preheader: `${unitsLeft(stock)}, threshold ${count(stock.threshold)}. ${count(soldLast7Days)} sold in the last 7 days.`,
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
  const state = stateOf(stock);
  const unit = stock.unitsInStock === 1 ? "unit" : "units";
  return {
    badge: badges[state],
    headline: `${holderLabel(data)} ${headlines[state]}`,
    lead: leadSentence(data),
    figures: [
      {
        label: state === "held-back" ? `${unit} held back` : `${unit} left`,
        value: count(stock.unitsInStock),
      },
      { label: "threshold", value: count(stock.threshold) },
      { label: "sold in 7 days", value: count(soldLast7Days) },
    ],
    facts: listFacts(data),
    action: { label: "Open the product", href: data.product.adminUrl },
  };
}

/** The state in the words of the admin app. `held-back`: a threshold holds back the units that are left. */
export type WordedState = "low" | "held-back" | "none-left";

/** The words of each state. */
export const badges: Readonly<Record<WordedState, string>> = {
  low: "Low",
  "held-back": "Not sold",
  "none-left": "None left",
};

const headlines: Readonly<Record<WordedState, string>> = {
  low: "is running low",
  "held-back": "is not sold any more",
  "none-left": "has none left",
};

/** The state of a count, as it is worded. */
export function stateOf({
  state,
  unitsInStock,
}: Pick<LowStockMail["stock"], "state" | "unitsInStock">): WordedState {
  if (state === "low") return "low";
  return unitsInStock > 0 ? "held-back" : "none-left";
}

function holderLabel({ product, holder }: LowStockMail): string {
  const productName = shortLine(product.name, headlineNameCharactersMax);
  return holder.kind === "product"
    ? productName
    : `${productName} (${shortLine(holder.name, headlineNameCharactersMax)})`;
}

function leadSentence(data: LowStockMail): string {
  const { holder, product, stock, order, cause } = data;
  const who =
    holder.kind === "product"
      ? "this product"
      : `the variant ${oneLine(holder.name)} of ${oneLine(product.name)}`;
  const by = order === null ? oneLine(cause) : `order ${oneLine(order.reference)}`;
  const happened = `After ${by}, ${who} ${position(stock)}`;
  if (stock.unitsSince === null) return happened;
  // Units may have come in between the change and the check that wrote this mail.
  return `${happened} Since then its units have risen to ${count(stock.unitsSince)}.`;
}

/** Where the count stands, as the rest of a sentence. */
function position(stock: LowStockMail["stock"]): string {
  const { unitsInStock, threshold } = stock;
  const of = `its threshold of ${count(threshold)}`;
  switch (stateOf(stock)) {
    case "none-left":
      return unitsInStock < 0
        ? `is ${units(-unitsInStock)} short: more was sold than was there.`
        : "has no units left.";
    case "held-back":
      return `is not sold: ${count(unitsInStock)} on the shelf, held back by the threshold.`;
    case "low": {
      const where =
        unitsInStock === threshold ? "exactly" : unitsInStock < threshold ? "below" : "above";
      return `has ${units(unitsInStock)} left, ${where} ${of}.`;
    }
  }
}

function listFacts(data: LowStockMail): MailFact[] {
  const { product, holder, order, alert } = data;
  return [
    mailFact("Product", product.name, product.adminUrl),
    ...(holder.kind === "variant" ? [mailFact("Variant", holder.name)] : []),
    mailFact(holder.kind === "variant" ? "Variant SKU" : "SKU", holder.sku),
    order === null
      ? mailFact("Caused by", upperFirst(data.cause))
      : mailFact("Caused by", `Order ${order.reference}`, order.adminUrl),
    ...paceFact(data).map((pace) => mailFact("At this pace", pace)),
    ...incomingFact(data).map((incoming) => mailFact("On the way", incoming)),
    mailFact("Alert raised", utcTime(alert.openedAt), alert.adminUrl),
  ];
}

/** What is on its way. Empty if nothing is. */
function incomingFact({ incoming }: LowStockMail): string[] {
  if (incoming === null) return [];
  const day = utcDay.format(new Date(incoming.nextAt));
  return [`${units(incoming.units)}, the next expected on ${day}`];
}

/** How long the units last if sales go on as in the last 7 days. Empty if nothing is sold, or nothing was. */
function paceFact({ stock, soldLast7Days }: LowStockMail): string[] {
  if (stock.state === "out" || soldLast7Days <= 0) return [];
  const days = stock.unitsInStock / (soldLast7Days / 7);
  if (days < 1) return ["Lasts less than a day"];
  if (days >= 60) return ["Lasts more than 2 months"];
  const whole = Math.round(days);
  return [`Lasts about ${whole === 1 ? "a day" : `${whole} days`}`];
}

function unitsLeft(stock: LowStockMail["stock"]): string {
  const { unitsInStock } = stock;
  if (stateOf(stock) === "held-back") return `${units(unitsInStock)} held back`;
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
