// Describes in plain text what happened in the demo, where to see it, and what to try next.

import type { Running } from "../../process/start.ts";
import { firstAccessLines } from "../first-access.ts";
import { counted, inColumns, section } from "../in-columns.ts";
import type { Alert } from "../outcome/await-alerts.ts";
import { demoManagers, demoProducts } from "./demo-store.ts";
import type { DemoMail, DemoOutcome } from "./play-demo.ts";

/** The description, without a line end at its end. */
export function describeDemo(outcome: DemoOutcome, running: Running, folder: string): string {
  const url = running.apiUrl ?? "";
  const key = running.firstAccess.apiKey ?? "";
  return [
    `A tea shop with ${demoProducts.length} products took ${counted(outcome.posted.ids.size, "order")} through the API in ${outcome.seconds.toFixed(1)} s.`,
    "",
    ...section("Orders", inColumns(orderRows(outcome), 200)),
    ...section("Ran low", inColumns(outcome.alerts.map(alertRow))),
    ...section("Sold without stock", preOrderLines(outcome)),
    ...section(...mailSection(outcome.mails, url, key)),
    ...section(
      "Where to look",
      inColumns(
        [
          ["admin", `${url}/admin`],
          ["queues (Bull Board)", `${url}/admin/queues`],
          ["API, with its documentation", `${url}/docs`],
        ],
        200,
      ),
    ),
    ...section("Credentials of this demo", firstAccessLines(running.firstAccess)),
    ...section("Post your own order", firstOrder(url, key)),
    `The demo's data is in ${folder}. The next demo deletes it.`,
  ].join("\n");
}

type Row = readonly (string | number)[];

function orderRows({ served, posted, skippedRows }: DemoOutcome): Row[] {
  const why = [...served.rejections].map(([reason, count]) => `${count} ${reason}`);
  return [
    [
      "confirmed",
      served.decisions.get("confirmed") ?? 0,
      `${posted.sentTwice} of the orders were sent twice with the same reference, and took their stock once`,
    ],
    ["rejected", served.decisions.get("rejected") ?? 0, why.join(", ")],
    ...served.shortages
      .slice(0, 5)
      .map(({ sku, orders }): Row => ["", orders, `for ${nameOf(sku)} (${sku})`]),
    ["refused", posted.refused.length, posted.refused[0] ?? ""],
    ...skippedRows.map(({ reason, count, first }): Row => [
      "rows left out",
      count,
      `${reason} (${first}): people restock returned goods by hand`,
    ]),
  ];
}

const names: ReadonlyMap<string, string> = new Map(
  demoProducts.flatMap(({ sku, name, variants = [] }) => [
    [sku, name] as const,
    ...variants.map((variant) => [variant.sku, `${name} – ${variant.name}`] as const),
  ]),
);

function nameOf(sku: string): string {
  return names.get(sku) ?? sku;
}

function alertRow({ sku, state, unitsInStock, limitAtOpening }: Alert): Row {
  const left = state === "low" ? "low" : unitsInStock > 0 ? "not sold" : "none left";
  return [left, sku, nameOf(sku), `${unitsInStock} left, threshold ${limitAtOpening}`];
}

function preOrderLines({ preOrdered, alerts }: DemoOutcome): string[] {
  const promised = [...preOrdered].map(
    ([name, units]) => `${name}: ${counted(units, "unit")} accepted as pre-orders`,
  );
  const below = alerts
    .filter(({ unitsInStock }) => unitsInStock < 0)
    .map(({ sku, unitsInStock }) => `${nameOf(sku)}: may be negative, and is ${unitsInStock}`);
  return [...promised, ...below];
}

function mailSection(mails: readonly DemoMail[], url: string, key: string): [string, string[]] {
  const people = demoManagers.map(({ email }) => email).join(" and ");
  const subjects = [...new Set(mails.map(({ subject }) => subject))];
  const failed = mails.filter(({ status }) => status !== "sent").length;
  const [first] = mails;
  const lines =
    first === undefined
      ? []
      : [
          ...subjects.slice(0, 3),
          ...(subjects.length > 3 ? [`and ${counted(subjects.length - 3, "other subject")}`] : []),
          ...(failed > 0 ? [`${failed} of them could not be sent yet`] : []),
          `read them at ${url}/admin/settings/mails, or with`,
          `curl -H 'Authorization: Bearer ${key}' ${url}/api/v1/mails/${first.id}`,
        ];
  return [
    `Mails: ${mails.length} to the store's managers, ${people}; the mail catcher kept them here`,
    lines,
  ];
}

function firstOrder(url: string, key: string): string[] {
  const order = JSON.stringify({ reference: "MY-1", lines: [{ sku: "TEA-EARL", quantity: 2 }] });
  return [
    `curl -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -H 'Prefer: wait=5' -d '${order}' ${url}/api/v1/orders`,
  ];
}
