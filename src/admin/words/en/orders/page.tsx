// The texts of the page of one order.

import type { ReactNode } from "react";
import { count, number } from "../../numbers.ts";

/** The texts. */
export const orderPage = {
  title: (reference: string | undefined) =>
    reference === undefined ? "Order" : `Order ${reference}`,
  back: "Orders",
  showJob: "Show job in queue",
  rejected: "Rejected: no stock was taken",
  showAllShortages: (shortages: number) => `Show all ${number(shortages)} shortages`,
  waiting: {
    title: (units: number) => `Waits for ${count(units, "promised unit")}`,
    text: "Units that come in go to the orders that wait for them, the oldest first.",
  },
  lines: {
    title: "Lines",
    item: "Item",
    sku: "SKU",
    quantity: "Quantity",
    allocated: "Allocated",
    waiting: "Waiting",
    cancelled: "Cancelled",
    refunded: "Refunded",
    restored: "Restored",
    showAll: (lines: number) => `Show all ${number(lines)} lines`,
  },
  facts: {
    title: "About this order",
    accepted: "Accepted",
    decided: "Decided",
    notDecided: "Not yet",
    payBy: "To be paid by",
    paid: "Paid",
    /** `field` is the name that the checkout gave it. */
    customer: (field: string) => `Customer ${field}`,
    note: "Note",
  },
  forget: {
    button: "Forget this customer",
    title: (customer: string) => `Forget ${customer}?`,
    text: "Their name, address and whatever else is known of them is removed from all of their orders, with the notes of those orders. The orders, their items and all counts stay. Notes in the history of stock stay, too. This can't be undone.",
    verb: "Forget",
    done: (orders: number, hasMore: boolean) =>
      `Forgotten in ${count(orders, "order")}.${hasMore ? " There are more: do it again." : ""}`,
  },
  payment: {
    expired: {
      title: "Expired: not paid in time",
      text: (payBy: ReactNode) => (
        <>
          {payBy !== null && <>It was to be paid by {payBy}. </>}
          It holds no stock any more: what it had taken is back. If it was paid after all, it can be
          taken once more as long as all of it is available.
        </>
      ),
    },
    rejected: {
      title: "Paid, but rejected: refund it",
      text: "Its stock was gone when it was paid. Give the payment back.",
    },
    awaited: {
      title: (payBy: ReactNode) => <>Awaiting payment{payBy !== null && <>, until {payBy}</>}</>,
      text: (expires: boolean) =>
        `It takes its stock once it is paid.${expires ? " If it is not paid by then, it expires." : ""}`,
    },
    notPaidYet: {
      title: (payBy: ReactNode) => <>Not paid yet{payBy !== null && <>, until {payBy}</>}</>,
      text: (expires: boolean) =>
        expires ? "If it is not paid by then, it expires and its units go back to stock." : "",
    },
  },
  log: {
    title: "Status log",
    /** What happened, by the status that the order got. */
    entries: {
      pending: "Accepted",
      "awaiting-payment": "Accepted, awaiting payment",
      confirmed: "Confirmed",
      rejected: "Rejected",
      paid: "Paid",
      cancelled: "Cancelled",
      refunded: "Refunded",
      expired: "Expired: not paid in time",
      restocked: "Restored",
      allocated: "Promised units came in",
      ready: "Ready: waits for no more units",
    },
    units: (quantity: number, name: string) => `${number(quantity)} × ${name}`,
    more: (items: number) => `${number(items)} more`,
  },
};
