// The texts of a product's stock history: its chart and its ledger.

import type { ReactNode } from "react";
import type { MovementReply } from "../../../../contract/stock.ts";
import { change, count, number } from "../../numbers.ts";

const kinds = {
  sale: "Sale",
  allocation: "Allocated to an order",
  release: "Given back",
  restock: "Restored",
  adjustment: "Adjustment",
  receipt: "Received",
  import: "Import",
} satisfies Record<MovementReply["kind"], string>;

export const stockHistory = {
  title: "Stock history",
  untracked: {
    title: "The stock of this product is not tracked",
    text: "Turn on Track Inventory on the product's page to count its units.",
  },
  stockOf: "Stock of",
  unitsNow: (units: number) => count(units, "unit"),
  period: "Period",
  days: (days: number) => count(days, "day"),
  chart: {
    what: "The chart",
    label: (sku: string, period: string) =>
      `Units in stock of ${sku} over the last ${period === "1" ? "day" : `${period} days`}. The ledger below has the numbers.`,
    units: "Units in stock",
    nothingLeft: "Nothing left",
    threshold: (threshold: number) => `Threshold ${number(threshold)}`,
  },
  ledger: {
    title: "Ledger",
    none: {
      title: "No changes yet",
      text: "Every sale, delivery and count is listed here.",
    },
    columns: {
      when: "When",
      change: "Change",
      unitsAfter: "Units after",
      cause: "Cause",
      reason: "Reason",
      who: "Who",
      note: "Note",
      undo: "Undo",
    },
    kinds,
    ofOrder: (kind: MovementReply["kind"], order: ReactNode) => (
      <>
        {kinds[kind]}, order {order}
      </>
    ),
    counted: (counted: number, before: number) =>
      `Counted ${number(counted)}, was ${number(before)}`,
    closed: (sales: number, day: string, units: number) =>
      sales === 1
        ? `One sale from before ${day} is no longer listed. The count was ${number(units)} then. Who looks after the server has a file of each month.`
        : `${number(sales)} sales from before ${day} are no longer listed. The count was ${number(units)} then. Who looks after the server has a file of each month.`,
    undoOf: (units: number, at: string) => `Undo of ${change(units)} of ${at}`,
    undoOfEarlier: "Undo of an earlier change",
    undone: "Undone",
    undo: (units: number, at: string) => `Undo ${change(units)} of ${at}`,
  },
};
