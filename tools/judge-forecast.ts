// Prints how good the forecast of demand is on a file of real orders, as the tables of docs/forecast.md:
//
//     node tools/judge-forecast.ts <file.csv> [--date <column>] [--orders-per-day <number>]
//
// The file has a row for each line of an order. The names of its columns are those of the "Online Retail" data set, unless
// `--order`, `--sku` and `--quantity` name others.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { compare, cutsOf, judgeRanges, type Score, type Shelf } from "./forecast/judge.ts";
import { readSales } from "./forecast/read-sales.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    order: { type: "string", default: "InvoiceNo" },
    sku: { type: "string", default: "StockCode" },
    quantity: { type: "string", default: "Quantity" },
    date: { type: "string" },
    "orders-per-day": { type: "string", default: "80" },
  },
});
const [path] = positionals;
if (path === undefined) throw new Error("Expected the path of a CSV file of orders; got none.");
const ordersPerDay = Number(values["orders-per-day"]);
const history = readSales(readFileSync(path, "utf8"), {
  ...values,
  date: values.date,
  ordersPerDay,
});

const percent = (part: number): string => `${Math.round(part * 100)} %`;
const cells = ({ error, bias }: Score): string => `${percent(error)} | ${percent(bias)}`;
const lines: string[] = [];
const cuts = cutsOf(history).map(({ at, days }) => `${at} days for the next ${days}`);
lines.push(
  `${history.sales.length} sales on ${history.days} days; forecast from ${cuts.join(", ")}.`,
);

const shelves: readonly (readonly [string, Shelf])[] = [
  ["always in stock", "always"],
  ["a delivery every 4 days has 80 % of what they sell", { days: 4, share: 0.8 }],
  ["a delivery every 4 days has 50 %", { days: 4, share: 0.5 }],
];
lines.push(
  "",
  "| stock | items | number | error | forecast / wanted | error of the mean | forecast / wanted |",
);
lines.push("| --- | --- | --: | --: | --: | --: | --: |");
for (const [words, shelf] of shelves) {
  for (const { group, own, meanOfWeeks } of compare(history, shelf)) {
    lines.push(`| ${words} | ${group} | ${own.items} | ${cells(own)} | ${cells(meanOfWeeks)} |`);
  }
}
lines.push(
  "",
  "| certainty | items | before the range | within | after |",
  "| --- | --: | --: | --: | --: |",
);
for (const [certainty, { items, before, within, after }] of judgeRanges(history)) {
  const parts = [before, within, after].map((some) => percent(some / items));
  lines.push(`| ${certainty} | ${items} | ${parts.join(" | ")} |`);
}
process.stdout.write(`${lines.join("\n")}\n`);
