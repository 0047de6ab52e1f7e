// WooCommerce has no order export of its own. These are the layouts of the common export extensions, with one row per
// item. They repeat the order's cells in each of its rows.

import {
  comparedStatus,
  type Judgement,
  notSold,
  type ReportLayout,
  sold,
  type StatusCells,
} from "./order-report.ts";

const soldStatuses = new Set(["processing", "completed", "on hold", "refunded"]);

/** WooCommerce takes no stock for orders of these. */
const notSoldStatuses: ReadonlyMap<string, string> = new Map([
  ["cancelled", "cancelled"],
  ["failed", "payment failed"],
  ["pending", "not paid"],
  ["pending payment", "not paid"],
  ["checkout draft", "draft"],
  ["draft", "draft"],
  ["trash", "in the trash"],
]);

/** The layouts of WooCommerce's order exports. */
export const woocommerceLayouts: readonly ReportLayout[] = [
  {
    title: "WooCommerce's order export with one row per item",
    columns: {
      reference: ["order_number", "order_id"],
      sku: ["item_sku"],
      quantity: ["item_quantity"],
      name: ["item_name"],
      date: ["order_date", "date"],
      status: ["status", "order_status"],
    },
    required: ["reference", "sku", "quantity", "date", "status"],
    quotesInTabs: "standard",
    judge,
  },
  {
    title: "WooCommerce's advanced order export",
    columns: {
      reference: ["Order Number", "Order ID"],
      sku: ["SKU"],
      // "Quantity (- Refund)" has fewer units than were sold if some were refunded.
      quantity: ["Quantity", "Quantity (- Refund)"],
      name: ["Item Name", "Name", "Product Name"],
      date: ["Order Date"],
      status: ["Order Status"],
    },
    required: ["reference", "sku", "quantity", "date", "status"],
    quotesInTabs: "standard",
    judge,
  },
];

function judge({ status }: StatusCells): Judgement {
  const compared = comparedStatus(status);
  if (soldStatuses.has(compared)) return sold;
  const reason = notSoldStatuses.get(compared);
  return reason === undefined ? { kind: "unknown", status } : notSold("order", reason);
}
