// Amazon's order reports: texts with tabs between the columns, one row per order item. They have no quoted cells, so a
// quote in them is an inch mark.

import {
  comparedStatus,
  type Judgement,
  notSold,
  type ReportLayout,
  sold,
  type StatusCells,
} from "./order-report.ts";

/** The layouts of Amazon's order reports. */
export const amazonLayouts: readonly ReportLayout[] = [
  {
    title: "Amazon's All Orders report",
    columns: {
      reference: ["amazon-order-id"],
      sku: ["sku"],
      quantity: ["quantity", "quantity-purchased"],
      name: ["product-name"],
      date: ["purchase-date"],
      status: ["order-status"],
      lineStatus: ["item-status"],
    },
    required: ["reference", "sku", "quantity", "date", "status"],
    quotesInTabs: "none",
    judge,
  },
  {
    title: "Amazon's order report",
    columns: {
      reference: ["order-id"],
      sku: ["sku"],
      quantity: ["quantity-purchased"],
      name: ["product-name"],
      date: ["purchase-date"],
    },
    required: ["reference", "sku", "quantity", "date"],
    quotesInTabs: "none",
    judge: () => sold,
  },
];

function judge({ status, lineStatus }: StatusCells): Judgement {
  const order = judgeStatus(status, "order");
  return order.kind === "sold" && lineStatus !== "" ? judgeStatus(lineStatus, "line") : order;
}

/** The states of shipping are many, such as "Shipped - Delivered to Buyer"; all of them are sales. */
function judgeStatus(status: string, what: "order" | "line"): Judgement {
  const compared = comparedStatus(status);
  if (/^(?:un|partially ?)?shipp(?:ed|ing)\b/.test(compared) || compared === "complete") {
    return sold;
  }
  if (/^cancell?ed\b/.test(compared)) return notSold(what, "cancelled");
  if (/^pending\b/.test(compared)) return notSold(what, "not paid");
  return { kind: "unknown", status };
}
