// The texts of the overview, with its list of work.

import type { ReactNode } from "react";
import { count, number } from "../numbers.ts";

/** What each queue does. */
const queues: Readonly<Record<string, string>> = {
  orders: "Take stock for orders",
  "low-stock": "Check for low stock",
  mail: "Send mails",
  payments: "End orders that are not paid in time",
  webhooks: "Tell other programs what changed",
};

/** The texts. */
export const overview = {
  title: "Overview",
  asOf: (time: ReactNode) => <>As of {time}. This page updates every ten seconds.</>,
  parts: { work: "The list of work", chart: "The chart" },
  cards: {
    out: "Not sold",
    outHint: (noneLeft: number) => `${number(noneLeft)} with none left`,
    low: "Low",
    lowHint: (alerts: number) => count(alerts, "open alert"),
    lowUntold: "nobody to mail",
    rejected: "Rejected",
    rejectedHint: (units: number) => `orders in 24 hours, ${count(units, "unit")}`,
    rejectedPaid: (paid: number) => `orders in 24 hours; ${number(paid)} paid, to refund`,
    mailsFailed: "Mails failed",
    mailsUnsent: (unsent: number) =>
      unsent === 0 ? "none waiting" : `${count(unsent, "mail")} waiting`,
    pending: "Orders waiting",
    pendingNone: "all are decided",
    pendingHint: (oldest: string) => `oldest waiting for ${oldest}`,
    preOrdered: "Pre-ordered",
    preOrderedHint: "promised units that wait for stock",
  },
  hours: {
    title: "Last 24 hours and the current hour",
    orders: "Orders per hour",
    ordersSum: (orders: number, rejected: number) =>
      `Orders per hour: ${number(orders)} in the last 24 hours and the current one, ${number(rejected)} of them rejected.`,
    units: "Units ordered per hour",
    unitsSum: (units: number) =>
      `Units ordered per hour: ${number(units)} in the last 24 hours and the current one.`,
    accepted: "Accepted",
    rejected: "Rejected",
    ordered: "Units",
  },
  queues: {
    title: "Queues",
    does: (queue: string) => queues[queue] ?? queue,
    queue: "Queue",
    waiting: "Waiting",
    active: "Active",
    delayed: "Delayed",
    failed: "Failed",
    unreachable: "The queues can't be reached",
    unreachableMeans: "Orders are still accepted. They are decided when the queues are back.",
  },
  work: {
    item: "Item",
    unitsNow: "Units now",
    receive: "Receive",
  },
  stopped: {
    title: "Out of stock",
    intro: "These have no units that can be sold. Receive some, or lower what is kept back.",
    more: "All alerts",
    since: "Since",
    sold: "Sold in 7 days",
  },
  rejected: {
    title: "Sales lost in 24 hours",
    intro: (isComplete: boolean) =>
      isComplete
        ? "Orders were rejected because these items had too few units."
        : "Orders were rejected because these items had too few units. Only the newest 5,000 rejected orders are counted.",
    more: "All rejected orders",
    units: "Units lost",
    orders: "Orders",
    latest: "Latest order",
  },
  ready: {
    title: "Pre-orders that are ready",
    intro:
      "These orders waited and have all their units now: in the last seven days, the latest first.",
    more: "All pre-orders",
  },
};
