import { expect, test } from "vitest";
import {
  describeMissing,
  recogniseReport,
} from "../../../src/domain/order-report/recognise-report.ts";

const headers = {
  shopify:
    "Name,Email,Financial Status,Paid at,Created at,Lineitem quantity,Lineitem name,Lineitem sku,Cancelled at",
  woocommerce:
    "order_id,order_number,order_date,status,item_name,item_sku,item_quantity,item_refunded_qty",
  advanced: "Order Number,Order Status,Order Date,Item #,SKU,Name,Quantity,Quantity (- Refund)",
  amazon: "order-id,order-item-id,purchase-date,payments-date,sku,product-name,quantity-purchased",
  allOrders:
    "amazon-order-id,purchase-date,order-status,product-name,sku,asin,item-status,quantity",
};
const headerOf = (name: keyof typeof headers) => headers[name].split(",");

test.each([
  ["shopify", "shopify", "Shopify's orders export", "Lineitem quantity"],
  [
    "woocommerce",
    "woocommerce",
    "WooCommerce's order export with one row per item",
    "item_quantity",
  ],
  ["advanced", "woocommerce", "WooCommerce's advanced order export", "Quantity"],
  ["amazon", "amazon", "Amazon's order report", "quantity-purchased"],
  ["allOrders", "amazon", "Amazon's All Orders report", "quantity"],
] as const)("the header of %s is recognised", (header, name, title, quantity) => {
  const report = recogniseReport(headerOf(header));
  expect(report).toMatchObject({ name, layout: { title } });
  expect(report?.columns.get("quantity")).toBe(quantity);
});

test("any other header is not recognised, and a named format says what it lacks", () => {
  expect(recogniseReport(["order", "sku", "quantity"])).toBeNull();
  expect(recogniseReport(headerOf("amazon"), "shopify")).toBeNull();
  expect(describeMissing(["Name", "Lineitem sku"], "shopify")).toEqual([
    `Shopify's orders export: expected the columns "Lineitem quantity", "Created at"`,
  ]);
  expect(describeMissing(["order_id", "status", "line_items"], "woocommerce")).toEqual([
    expect.stringContaining("Export the orders with one row per item."),
  ]);
});

test.each([
  ["shopify", { status: "paid" }, "sold"],
  ["shopify", { status: "refunded" }, "sold"],
  ["shopify", { status: "voided" }, "order payment voided"],
  ["shopify", { cancelledAt: "2024-01-05 10:22:31 -0500" }, "order cancelled"],
  ["woocommerce", { status: "wc-on-hold" }, "sold"],
  ["woocommerce", { status: "Pending payment" }, "order not paid"],
  ["woocommerce", { status: "cancelled" }, "order cancelled"],
  ["woocommerce", { status: "Storniert" }, "unknown Storniert"],
  ["allOrders", { status: "Shipped - Delivered to Buyer" }, "sold"],
  ["allOrders", { status: "Unshipped" }, "sold"],
  ["allOrders", { status: "Shipped", lineStatus: "Cancelled" }, "line cancelled"],
  ["allOrders", { status: "Canceled" }, "order cancelled"],
  ["allOrders", { status: "Pending" }, "order not paid"],
  ["allOrders", { status: "Lost" }, "unknown Lost"],
  ["amazon", {}, "sold"],
] as const)("in a report of %s, %j is %s", (header, cells, expected) => {
  const judged = recogniseReport(headerOf(header))?.layout.judge({
    status: "",
    lineStatus: "",
    cancelledAt: "",
    ...cells,
  });
  if (judged === undefined) throw new Error("Expected a report.");
  const { kind } = judged;
  const said =
    kind === "sold"
      ? kind
      : kind === "unknown"
        ? `${kind} ${judged.status}`
        : `${judged.what} ${judged.reason}`;
  expect(said).toBe(expected);
});
