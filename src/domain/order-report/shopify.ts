// Shopify's orders export: one row per line item. The first row of an order has the order's cells; in its other rows
// most of them are empty.

import { comparedStatus, notSold, type ReportLayout, sold } from "./order-report.ts";

/** The orders export of Shopify's admin. */
export const shopifyLayouts: readonly ReportLayout[] = [
  {
    title: "Shopify's orders export",
    columns: {
      reference: ["Name"],
      sku: ["Lineitem sku"],
      quantity: ["Lineitem quantity"],
      name: ["Lineitem name"],
      date: ["Created at"],
      status: ["Financial Status"],
      cancelledAt: ["Cancelled at"],
    },
    required: ["reference", "sku", "quantity", "date"],
    quotesInTabs: "standard",
    // A refunded order was sold: its goods left the shelf. A payment is voided only if the order is given up.
    judge({ status, cancelledAt }) {
      if (cancelledAt !== "") return notSold("order", "cancelled");
      return comparedStatus(status) === "voided" ? notSold("order", "payment voided") : sold;
    },
  },
];
