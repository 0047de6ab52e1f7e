// The sentences and figures of the built-in low-stock mail, for both its HTML and its plain text. Pure: the same data
// and the same speech give the same text.

import { oneLine, shortLine } from "../../domain/one-line.ts";
import { type Language, usualLanguage } from "../../domain/language/languages.ts";
import { type MailFact, mailFact } from "../templating/mail-facts.ts";
import type { MailFrame, Speech } from "../templating/mail-template.ts";
import type { StockFooter } from "../words/language-words.ts";
import { mailWords } from "../words/mail-words.ts";
import type { LowStockMail } from "./low-stock-mail.ts";
import type { Change, LowStockWords, WordedState } from "./low-stock-words.ts";

/** What the mail is written with. */
export type LowStockSpeech = Speech<LowStockWords & StockFooter>;

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

/** A headline cuts a longer product or variant name, in characters. */
const headlineNameCharactersMax = 120;

/** Says in a mail's language what changed the stock. The stored words are in English. */
export function translateCause(data: LowStockMail, language: Language): LowStockMail {
  if (language === usualLanguage) return data;
  return { ...data, cause: mailWords[language].lowStock.cause(data.changedBy) };
}

/** What surrounds the body of a low-stock mail. */
export function frameLowStock(
  data: LowStockMail,
  { words, formats: { counted } }: LowStockSpeech,
): MailFrame {
  const { stock, soldLast7Days, store, product, order, alert, recipient } = data;
  const { threshold, unitsInStock } = stock;
  return {
    preheader: words.preheader(
      unitsLeft(stock, words, counted(Math.abs(unitsInStock))),
      counted(threshold),
      counted(soldLast7Days),
    ),
    footer: words.stockFooter(oneLine(store.name), oneLine(recipient.email)),
    links: [
      store.adminUrl,
      product.adminUrl,
      alert.adminUrl,
      ...(order === null ? [] : [order.adminUrl]),
    ],
  };
}

/** What the built-in body of a low-stock mail says. */
export function wordLowStock(data: LowStockMail, speech: LowStockSpeech): LowStockWording {
  const { stock, soldLast7Days, product } = data;
  const {
    words: { badges, headlines, figures, openProduct },
    formats: { counted },
  } = speech;
  const state = stateOf(stock);
  const left = counted(stock.unitsInStock);
  return {
    badge: badges[state],
    headline: headlines[state](holderLabel(data)),
    lead: leadSentence(data, speech),
    figures: [
      {
        label: state === "held-back" ? figures.heldBack(left) : figures.left(left),
        value: left.text,
      },
      { label: figures.threshold, value: counted(stock.threshold).text },
      { label: figures.sold, value: counted(soldLast7Days).text },
    ],
    facts: listFacts(data, speech),
    action: { label: openProduct, href: product.adminUrl },
  };
}

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

function leadSentence(data: LowStockMail, speech: LowStockSpeech): string {
  const { unitsSince } = data.stock;
  const happened = positionSentence(data, speech);
  if (unitsSince === null) return happened;
  // Units may have come in between the change and the check that wrote this mail.
  return `${happened} ${speech.words.lead.risen(speech.formats.counted(unitsSince))}`;
}

/** What happened, and where the count stands. */
function positionSentence(
  data: LowStockMail,
  { words: { lead }, formats: { counted } }: LowStockSpeech,
): string {
  const { unitsInStock, threshold } = data.stock;
  const change = changeOf(data);
  switch (stateOf(data.stock)) {
    case "none-left":
      return unitsInStock < 0 ? lead.short(change, counted(-unitsInStock)) : lead.noneLeft(change);
    case "held-back":
      return lead.heldBack(change, counted(unitsInStock));
    case "low": {
      const where =
        unitsInStock === threshold ? "exactly" : unitsInStock < threshold ? "below" : "above";
      return lead.low(change, counted(unitsInStock), counted(threshold), where);
    }
  }
}

function changeOf({ order, changedBy, cause, product, holder }: LowStockMail): Change {
  return {
    order: order === null ? null : oneLine(order.reference),
    by: changedBy === null ? null : oneLine(changedBy),
    cause: oneLine(cause),
    product: oneLine(product.name),
    variant: holder.kind === "product" ? null : oneLine(holder.name),
  };
}

function listFacts(data: LowStockMail, speech: LowStockSpeech): MailFact[] {
  const { product, holder, order, alert } = data;
  const { facts } = speech.words;
  return [
    mailFact(facts.product, product.name, product.adminUrl),
    ...(holder.kind === "variant" ? [mailFact(facts.variant, holder.name)] : []),
    mailFact(holder.kind === "variant" ? facts.variantSku : facts.sku, holder.sku),
    order === null
      ? mailFact(facts.causedBy, upperFirst(data.cause))
      : mailFact(facts.causedBy, facts.order(order.reference), order.adminUrl),
    ...paceFact(data, speech).map((pace) => mailFact(facts.pace, pace)),
    ...incomingFact(data, speech).map((incoming) => mailFact(facts.onTheWay, incoming)),
    mailFact(facts.raised, speech.formats.time(alert.openedAt), alert.adminUrl),
  ];
}

/** What is on its way. Empty if nothing is. */
function incomingFact({ incoming }: LowStockMail, { words, formats }: LowStockSpeech): string[] {
  if (incoming === null) return [];
  return [words.incoming(formats.counted(incoming.units), formats.day(incoming.nextAt))];
}

/** How long the units last if sales go on as in the last 7 days. Empty if nothing is sold, or nothing was. */
function paceFact(
  { stock, soldLast7Days }: LowStockMail,
  { words: { lasts }, formats }: LowStockSpeech,
): string[] {
  if (stock.state === "out" || soldLast7Days <= 0) return [];
  const days = stock.unitsInStock / (soldLast7Days / 7);
  if (days < 1) return [lasts.underADay];
  if (days >= 60) return [lasts.overTwoMonths];
  return [lasts.about(formats.counted(Math.round(days)))];
}

function unitsLeft(
  stock: LowStockMail["stock"],
  { count }: LowStockWords,
  units: ReturnType<LowStockSpeech["formats"]["counted"]>,
): string {
  if (stateOf(stock) === "held-back") return count.heldBack(units);
  if (stock.unitsInStock < 0) return count.short(units);
  return stock.unitsInStock === 0 ? count.noneLeft : count.left(units);
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
