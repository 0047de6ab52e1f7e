// The texts of a product's page, but for its form.

import { count, number } from "../../numbers.ts";

export const productPage = {
  saved: (product: string) => `${product} is saved.`,
  history: "Stock history",
  delete: {
    title: (product: string) => `Delete ${product}?`,
    text: "The product and its variants can no longer be ordered. Their SKUs can be used again. The ledger and orders are kept.",
    done: (product: string) => `${product} is deleted.`,
  },
  watch: {
    watch: "Watch",
    stop: "Stop watching",
    watched: (product: string) =>
      `You watch ${product}: you are told of its alerts, as you chose under your account.`,
    stopped: (product: string) =>
      `You watch ${product} no more. Store managers and whoever watches its type are still told.`,
  },
  head: {
    stockOf: (sku: string) => `Stock of ${sku}`,
    more: (left: number) => `and ${count(left, "more count")}, in the list of variants below`,
    outSince: (day: string) => `Not sold: alert since ${day}`,
    lowSince: (day: string) => `Low: alert since ${day}`,
    reorder: (units: number) => `Reorder ${count(units, "unit")}.`,
    historyOf: (sku: string) => `History of ${sku}`,
    receive: "Receive",
    receiveOne: (sku: string) => `Receive ${sku}`,
  },
  figures: {
    units: "Units",
    forSale: (units: number) => `${number(units)} can be sold`,
    promised: "Promised",
    onTheWay: "On the way",
    expected: (day: string) => `expected on ${day}`,
    late: (day: string) => `late, expected on ${day}`,
    soldLast7Days: "Sold in 7 days",
    soldLast28Days: "Sold in 28 days",
    daysInStock: (days: number) => `in stock on ${number(days)} of them`,
    runsOut: "Runs out",
  },
  /** The product as text, for people who may not edit it. */
  summary: {
    yes: "Yes",
    no: "No",
    none: "None",
    theStores: "The store's",
    theProducts: "The product's",
  },
};
