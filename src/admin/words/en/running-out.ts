// The texts of the page of items that run out, and of the mail to a supplier.

import { count, number } from "../numbers.ts";

/** The texts. */
export const runningOut = {
  title: "Running out",
  intro:
    "Items that orders bought in the last 28 days, by the days that they last. Those that a delivery could not save in time are listed too. Sales are counted every few hours.",
  none: {
    title: "Nothing runs out in this time",
    text: "Items are listed once orders have bought some of them.",
  },
  days: (days: number) => count(days, "day"),
  choices: {
    within: "Runs out within",
    leadTime: "Lead time, if an item has none",
    ofStore: "The store's",
    lasts: "It should last",
  },
  columns: {
    item: "Item",
    runsOut: "Runs out",
    units: "Units",
    onTheWay: "On the way",
    sold: "Sold in 7 and 28 days",
    reorder: "Reorder",
  },
  onTheWay: (units: number, day: string) => `${number(units)}, ${day}`,
  enough: "Enough for now",
  units: (units: number) => count(units, "unit"),
  /** An item to order, in a list or as text to copy. */
  item: (units: number, name: string, sku: string) => `${number(units)} × ${name} (${sku})`,
  markOrdered: (items: number) => `Mark ${count(items, "item")} as ordered`,
  acts: {
    mail: "Mail to a supplier",
    copy: "Copy as text",
    copied: (items: number) => `${count(items, "item")} copied. Paste them into a mail.`,
    chosen: (items: number) => `${count(items, "item")} chosen.`,
    all: "All that are to be reordered. Choose some to order only these.",
  },
  mail: {
    title: (items: number) => `Order ${count(items, "item")} by mail`,
    to: "Supplier's address",
    subject: "Subject",
    message: "Message",
    messageHint: "Stands above the items.",
    items: "In the mail, as a table and as a file",
    moreItems: (items: number) => `and ${count(items, "more item")}`,
    tooMany: (most: number) =>
      `A mail has at most ${number(most)} items. Choose fewer in the list.`,
    send: "Send the order",
    write: "Write the mail",
  },
  sent: {
    title: "The order is mailed",
    onItsWay: (to: string) =>
      `The mail to ${to} is on its way. The mail log says when it has arrived at the mail server.`,
    kept: (to: string) =>
      `The mail to ${to} is kept in the mail log and is not sent, because no mail server is set up.`,
    next: "Once the items are marked as ordered, they are expected, and their alerts say so.",
  },
};
