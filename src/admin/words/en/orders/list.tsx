// The texts of the list of orders.

import type { ReactNode } from "react";
import { count, number } from "../../numbers.ts";

/** The texts. */
export const orderList = {
  title: "Orders",
  statuses: { all: "All", waitingForUnits: "Waiting for units" },
  filters: {
    words: "Order, customer or item",
    customer: "Customer",
    item: "Item",
    from: "From",
    until: "Until",
    status: "Status",
  },
  found: (orders: number, isMore: boolean) =>
    isMore ? `More than ${number(orders)} orders` : count(orders, "order"),
  columns: {
    order: "Order",
    status: "Status",
    accepted: "Accepted",
    units: "Units",
    details: "Details",
  },
  shortages: (first: string, more: number) =>
    more > 0 ? `${first} And ${number(more)} more.` : first,
  lines: (lines: number) => count(lines, "line"),
  /** What was ordered, by when it is to be paid, and for whom. `faint` shows the last part as less important. */
  summary: (
    what: string,
    payBy: ReactNode,
    customer: ReactNode,
    faint: (words: ReactNode) => ReactNode,
  ) => (
    <>
      {payBy !== null && <>To be paid by {payBy}: </>}
      {what}
      {customer !== null && faint(<> for {customer}</>)}
    </>
  ),
  waitsFor: (units: number) => `Waits for ${count(units, "unit")}`,
  noMatch: {
    title: "No order matches",
    text: "Search for fewer words or a part of them, choose other days, or another status.",
  },
  none: {
    title: "No orders yet",
    text: "Orders come from your checkout. It needs an API key, which you can create under Settings, API keys.",
  },
};
