// The texts of the page of pre-orders. The overview shows ready orders, too.

import { count, number } from "../numbers.ts";

/** The texts. */
export const preOrders = {
  title: "Pre-orders",
  intro:
    "Confirmed orders wait for these units, the longest wait first. Units that come in go to the oldest order first.",
  none: {
    title: "No pre-orders are waiting",
    text: "Products with Allow Pre-Order can be ordered when they are sold out. The units that orders wait for are listed here.",
  },
  columns: {
    item: "Item",
    units: "Units awaited",
    inStock: "In stock now",
    since: "Waiting since",
    orders: "Orders",
  },
  moreOrders: (orders: number) => `and ${count(orders, "more order")}`,
  ready: {
    title: "Ready",
    intro:
      "These orders waited and have all their units now: in the last seven days, the latest first.",
    label: "Ready orders",
    order: "Order",
    since: "Ready since",
    accepted: "Accepted",
    units: "Units",
    items: "Items",
    moreItems: (shown: string, more: number) => `${shown} and ${number(more)} more`,
  },
};
