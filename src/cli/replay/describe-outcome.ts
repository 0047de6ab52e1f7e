// Describes in plain text what a replay did: the outcome of the orders, which stock was short, what ran low.

import { counted, inColumns, section } from "../in-columns.ts";
import { countOf, type History } from "./group-orders.ts";
import type { Reading } from "./prepare-replay.ts";
import type { Skipped } from "./skips.ts";

/** A product, and how many orders were rejected because of it. */
export type Shortage = { readonly sku: string; readonly name: string; readonly orders: number };

/** An alert that one of the replayed orders opened or made worse. */
export type ReplayAlert = {
  readonly sku: string;
  readonly name: string;
  readonly state: "low" | "out";
  /** The units left, and the threshold, when it opened. */
  readonly unitsAtOpening: number;
  readonly limit: number;
  readonly unitsInStock: number;
};

/** The outcome of a replay. Times are in seconds. */
export type ReplayOutcome = {
  readonly path: string;
  readonly url: string;
  readonly reading: Reading;
  /** When the first and the last order was placed, if the file says it. */
  readonly placed?: History["placed"];
  /** Rows in the file: those of `lines`, of `skippedRows` and of `skippedOrderLines`. */
  readonly rows: number;
  /** Rows that were posted as lines of orders. */
  readonly lines: number;
  /** Orders in the file: those decided, refused and skipped. */
  readonly orders: number;
  readonly skippedRows: readonly Skipped[];
  readonly skippedOrders: readonly Skipped[];
  readonly skippedOrderLines: number;
  readonly refused: readonly Skipped[];
  readonly products: { readonly created: number; readonly present: number };
  /** Orders by status, such as `confirmed`. */
  readonly decisions: ReadonlyMap<string, number>;
  /** Orders that the service had before this replay. `decisions` counts them too. */
  readonly known: number;
  /** Rejected orders by reason. An order may be short for both. */
  readonly rejections: ReadonlyMap<string, number>;
  readonly shortages: readonly Shortage[];
  readonly alerts: readonly ReplayAlert[];
  readonly mails: ReadonlyMap<string, number>;
  readonly seconds: { readonly products: number; readonly orders: number; readonly whole: number };
};

const listed = 15;

/** The description, without a line end at its end. */
export function describeOutcome(outcome: ReplayOutcome): string {
  return [
    `Replayed ${outcome.path} to ${outcome.url} in ${outcome.seconds.whole.toFixed(1)} s.`,
    "",
    ...section(...readingSection(outcome)),
    ...section("Orders", inColumns(orderRows(outcome), 160)),
    ...section("Rows", inColumns(rowRows(outcome))),
    ...section("Rows left out", inColumns(skipRows(outcome.skippedRows), 100)),
    ...section(...shortSection(outcome.shortages)),
    ...section(...alertSection(outcome.alerts)),
    ...section("Mails about them", mailLines(outcome)),
    ...section("Products", inColumns(productRows(outcome))),
    ...section("Speed", speedLines(outcome)),
  ]
    .join("\n")
    .trimEnd();
}

const roleWords: Readonly<Record<string, string>> = {
  reference: "the order's number",
  sku: "the product's code",
  quantity: "units ordered",
  name: "the product's name",
  date: "when it was placed",
  status: "the order's status",
  lineStatus: "the line's status",
  cancelledAt: "when it was cancelled",
};

function readingSection({ reading, placed }: ReplayOutcome): [string, string[]] {
  const { title, isRecognised, columns } = reading;
  const how = isRecognised ? "recognised by its header" : "as --format says";
  const heading = title === null ? "Columns as they were named" : `Read as ${title}, ${how}`;
  const rows = Object.entries(columns).flatMap(([role, column]): Row[] =>
    column === undefined ? [] : [[roleWords[role] ?? role, `"${column}"`]],
  );
  const order = placed === undefined ? "in the order of the file" : `oldest first${spanOf(placed)}`;
  return [heading, inColumns([...rows, ["orders are played", order]], 100)];
}

function spanOf({ first, last }: NonNullable<History["placed"]>): string {
  if (first === undefined || last === undefined) return "";
  const [from, to] = [first, last].map((at) => new Date(at).toISOString().slice(0, 19));
  return `: from ${from}Z to ${to}Z`;
}

type Row = readonly (string | number)[];

function orderRows(outcome: ReplayOutcome): Row[] {
  const { decisions, rejections, known, refused, skippedOrders, orders } = outcome;
  const reasons = [...rejections].map(
    ([reason, count]) => `${count.toLocaleString("en")} ${reason}`,
  );
  const others = [...decisions].filter(([status]) => !["confirmed", "rejected"].includes(status));
  return [
    ["confirmed", decisions.get("confirmed") ?? 0],
    ["rejected", decisions.get("rejected") ?? 0, reasons.join(", ")],
    ...others.map(([status, count]): Row => [status, count]),
    ...refused.map(({ count, reason, first }): Row => [
      "refused",
      count,
      `${reason} (the first: ${first})`,
    ]),
    ...skippedOrders.map(({ count, reason, first }): Row => [
      "left out",
      count,
      `${reason} (the first: ${first})`,
    ]),
    ...(known > 0
      ? [["known already", known, "replayed before; they keep their outcome and are counted above"]]
      : []),
    ["in the file", orders],
  ];
}

function rowRows({ rows, lines, skippedRows, skippedOrderLines }: ReplayOutcome): Row[] {
  return [
    ["posted as lines of orders", lines],
    ["left out", countOf(skippedRows)],
    ...(skippedOrderLines > 0 ? [["of orders that were left out", skippedOrderLines]] : []),
    ["in the file", rows],
  ];
}

function skipRows(skipped: readonly Skipped[]): Row[] {
  return skipped.map(({ reason, count, first }) => [count, reason, `the first: ${first}`]);
}

function shortSection(shortages: readonly Shortage[]): [string, string[]] {
  const rows = shortages.slice(0, listed).map(({ orders, sku, name }) => [orders, sku, name]);
  return [
    `Short most often (number of rejected orders; ${counted(shortages.length, "product")} in all)`,
    inColumns(rows),
  ];
}

function alertSection(alerts: readonly ReplayAlert[]): [string, string[]] {
  const rows = alerts
    .slice(0, listed)
    .map(({ sku, name, state, unitsAtOpening, limit, unitsInStock }) => [
      sku,
      name,
      `fell to ${unitsAtOpening} with a threshold of ${limit}`,
      state === "low" ? "" : unitsInStock > 0 ? "not sold now" : "none left now",
    ]);
  const out = alerts.filter(({ state }) => state === "out").length;
  const more = alerts.length - rows.length;
  const lines = inColumns(rows);
  if (more > 0) lines.push(`and ${more.toLocaleString("en")} more: GET /api/v1/alerts lists them`);
  return [
    `Ran low: ${counted(alerts.length, "product")}${out > 0 ? `, ${out.toLocaleString("en")} of them not sold any more` : ""}`,
    lines,
  ];
}

function mailLines({ alerts, mails }: ReplayOutcome): string[] {
  if (alerts.length === 0) return [];
  if (mails.size === 0) {
    return [
      "none: the group store-managers has no members. The alerts stay open, and are mailed when it has some.",
    ];
  }
  return [
    [...mails].map(([status, count]) => `${count.toLocaleString("en")} ${status}`).join(", "),
  ];
}

function productRows({ products }: ReplayOutcome): Row[] {
  return [
    ["created", products.created],
    [
      "in the store already",
      products.present,
      products.present > 0 ? "they keep their counts" : "",
    ],
  ];
}

function speedLines({ seconds, decisions, known }: ReplayOutcome): string[] {
  const orders = [...decisions.values()].reduce((sum, count) => sum + count, 0) - known;
  const lines = [`products looked up and created in ${seconds.products.toFixed(1)} s`];
  if (orders === 0) return lines;
  const rate = Math.round(orders / seconds.orders).toLocaleString("en");
  return [
    ...lines,
    `${counted(orders, "order")} posted and decided in ${seconds.orders.toFixed(1)} s: ${rate} orders/s`,
  ];
}
