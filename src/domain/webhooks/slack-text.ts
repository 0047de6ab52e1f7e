// Tells events as sentences, for chats that take Slack's messages. Each is a line, with a link to what it is about.

/** An event as other programs get it. */
export type SlackEvent = {
  readonly type: string;
  readonly actor: string | null;
  readonly data: Readonly<Record<string, unknown>>;
};

/** The most events of one message that have a line of their own. */
export const slackLinesMax = 20;

/**
 * The text of a message about some events, a line each; beyond `slackLinesMax` the last line says how many more there
 * are. `publicUrl` is where people reach the admin app, without a trailing slash. Texts of the store can't become links or
 * mentions.
 */
export function slackText(events: readonly SlackEvent[], publicUrl: string): string {
  const lines = events.slice(0, slackLinesMax).map((event) => slackSentence(event, publicUrl));
  const more = events.length - lines.length;
  return [...lines, ...(more > 0 ? [`... and ${more} more.`] : [])].join("\n");
}

/** One event as a sentence, or two. An event of a type that is not known is told by its name. */
export function slackSentence({ type, actor, data }: SlackEvent, publicUrl: string): string {
  const sentence = sentences[type];
  const links = { order: orderLink(data, publicUrl), item: itemLink(data, publicUrl) };
  if (sentence === undefined) return `${escaped(type)}: ${links.item || links.order}`.trim();
  const by = actor === null ? "" : ` By ${escaped(actor)}.`;
  return `${sentence(data, links)}${by}`;
}

type Links = { readonly order: string; readonly item: string };
type Data = SlackEvent["data"];
type Tell = (data: Data, links: Links) => string;

const available = (data: Data) => `${count(data["available"])} can be had`;

const outOfStock: Tell = (data, { item }) => `${item} is out of stock: ${available(data)}.`;

const sentences: Readonly<Record<string, Tell>> = {
  "order.confirmed": (data, { order }) =>
    `Order ${order} is confirmed: ${unitsOf(data["lines"])}.${waitingWords(data["lines"])}`,
  "order.rejected": (data, { order }) =>
    `Order ${order} was rejected. ${shortageWords(data["shortages"])}${data["refundDue"] === true ? " It was paid: give the payment back." : ""}`,
  "order.paid": (_data, { order }) => `Order ${order} was paid.`,
  "order.cancelled": (data, { order }) =>
    data["status"] === "cancelled"
      ? `Order ${order} was cancelled.`
      : `Some of order ${order} was cancelled: ${unitsOf(data["cancelled"])}.`,
  "order.refunded": (data, { order }) =>
    data["status"] === "refunded"
      ? `Order ${order} was refunded.`
      : `Some of order ${order} was refunded: ${unitsOf(data["refunded"])}.`,
  "order.restocked": (data, { order }) =>
    `Units of order ${order} were put back into stock: ${unitsOf(data["restocked"])}.`,
  "order.allocated": (data, { order }) =>
    `Units that came in went to order ${order}: ${unitsOf(data["allocated"])}.`,
  "order.ready": (_data, { order }) => `Order ${order} has all its units now.`,
  "order.expired": (_data, { order }) =>
    `Order ${order} was not paid in time. Its units are free again.`,
  "stock.changed": (data, { item }) =>
    `The count of ${item} changed from ${count(data["unitsBefore"])} to ${count(data["unitsAfter"])}.`,
  "stock.low": (data, { item }) =>
    `${item} is low: ${count(data["unitsInStock"])} in stock, ${available(data)}.`,
  "stock.out": (data, { item }) =>
    `${item} is out: ${count(data["unitsInStock"])} in stock, ${available(data)}.`,
  "stock.backInStock": (data, { item }) => `${item} can be sold again: ${available(data)}.`,
  "stock.recovered": (data, { item }) =>
    `${item} is not low any more: ${count(data["unitsInStock"])} in stock.`,
  "shop.productOutOfStock": outOfStock,
  "shop.variantOutOfStock": outOfStock,
  "product.created": (data, { item }) => `Product ${item}${nameOf(data)} was created.`,
  "product.updated": (data, { item }) => `Product ${item}${nameOf(data)} was changed.`,
  "product.deleted": (data) => `Product ${escaped(text(data["sku"]))}${nameOf(data)} was deleted.`,
};

/** The types that have a sentence of their own. */
export const slackTold: readonly string[] = Object.keys(sentences);

function orderLink(data: Data, publicUrl: string): string {
  const reference = escaped(text(data["reference"]));
  const id = text(data["orderId"]);
  return id === ""
    ? reference
    : link(`${publicUrl}/admin/orders/${encodeURIComponent(id)}`, reference);
}

/** Variants are on the page of their product. */
function itemLink(data: Data, publicUrl: string): string {
  const sku = text(data["sku"]);
  if (sku === "") return "";
  const product = text(fieldOf(data["holder"], "productSku")) || sku;
  return link(`${publicUrl}/admin/products/${encodeURIComponent(product)}`, escaped(sku));
}

/** Slack ends an address at the first bar, and its text at the first >, which is escaped. */
const link = (address: string, label: string): string => `<${address}|${label}>`;

/** The three characters that mean something to Slack in any text. */
function escaped(raw: string): string {
  return raw.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const nameOf = (data: Data): string => {
  const name = text(data["name"]);
  return name === "" ? "" : ` (${escaped(name)})`;
};

/** The most lines of an order that a sentence names. */
const namedMax = 5;

/** Such as "3 of MUG-1, 1 of TEA and 2 more lines". */
function unitsOf(lines: unknown): string {
  const all = listOf(lines).map(
    (line) =>
      `${count(fieldOf(line, "quantity") ?? fieldOf(line, "units"))} of ${escaped(text(fieldOf(line, "sku")))}`,
  );
  return listed(all, "lines");
}

function waitingWords(lines: unknown): string {
  const waiting = listOf(lines).flatMap((line) => {
    const units = fieldOf(line, "preOrdered");
    return typeof units === "number" && units > 0
      ? [`${count(units)} of ${escaped(text(fieldOf(line, "sku")))}`]
      : [];
  });
  return waiting.length === 0 ? "" : ` It waits for ${listed(waiting, "lines")}.`;
}

function shortageWords(shortages: unknown): string {
  const all = listOf(shortages).map((shortage) => {
    const skus = listOf(fieldOf(shortage, "skus")).map((sku) => escaped(text(sku)));
    const names = listed(skus, "items");
    if (fieldOf(shortage, "reason") === "no-longer-sold") return `${names} is no longer sold`;
    const requested = count(fieldOf(shortage, "requested"));
    return `${requested} of ${names} were ordered, ${count(fieldOf(shortage, "available"))} can be had`;
  });
  return `${listed(all, "items", "; ")}.`;
}

/** The first few, and how many more there are. */
function listed(all: readonly string[], what: string, separator = ", "): string {
  const named = all.slice(0, namedMax).join(separator);
  const more = all.length - namedMax;
  return more > 0 ? `${named} and ${more} more ${what}` : named;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Numbers as people write them in English. */
const count = (value: unknown): string =>
  typeof value === "number" ? value.toLocaleString("en-US") : "?";

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
