// The variables that an override of the low-stock mail may use. The admin app's editor lists them with their meaning.
// An override that uses anything else is refused when it is saved.

import type { TemplateVariable } from "../templating/mail-template.ts";

/** Every field of the data, in the order of the list. */
export const lowStockVariables: readonly TemplateVariable[] = [
  { name: "store.name", meaning: "The store's name.", sample: "Corner Shop" },
  {
    name: "store.adminUrl",
    meaning: "Address of the admin app.",
    sample: "https://shop.example.com/admin",
  },
  { name: "product.sku", meaning: "The product's SKU.", sample: "TEE" },
  { name: "product.name", meaning: "The product's name.", sample: "Organic T-Shirt" },
  {
    name: "product.adminUrl",
    meaning: "Address of the product in the admin app.",
    sample: "https://shop.example.com/admin/products/TEE",
  },
  {
    name: "variant.sku",
    meaning:
      "The variant's SKU; empty if the mail is about no variant. Test with {% if variant %}.",
    sample: "TEE-BLUE-M",
  },
  {
    name: "variant.name",
    meaning: "The variant's name; empty if the mail is about no variant.",
    sample: "Blue / M",
  },
  {
    name: "holder.kind",
    meaning: "Whose stock ran low: product or variant.",
    sample: "variant",
  },
  { name: "holder.sku", meaning: "SKU of what ran low.", sample: "TEE-BLUE-M" },
  { name: "holder.name", meaning: "Name of what ran low.", sample: "Blue / M" },
  {
    name: "stock.unitsInStock",
    meaning: "Units left. Below zero if more was sold than was in stock.",
    sample: "4",
  },
  {
    name: "stock.threshold",
    meaning: "The stock alert threshold that was reached.",
    sample: "5",
  },
  {
    name: "stock.state",
    meaning:
      "low while the item is still sold; out when it is not, because its threshold holds the units back or none is left.",
    sample: "low",
  },
  {
    name: "stock.unitsSince",
    meaning:
      "Units when the mail was written, if they had risen again by then; else empty. Test with {% if stock.unitsSince %}.",
    sample: "24",
  },
  {
    name: "order.reference",
    meaning:
      "Reference of the order that took the units; empty if none did. Test with {% if order %}.",
    sample: "R-20418",
  },
  {
    name: "order.adminUrl",
    meaning: "Address of that order in the admin app; empty if there is none.",
    sample: "https://shop.example.com/admin/orders/R-20418",
  },
  {
    name: "cause",
    meaning: "What changed the stock if no order did, as part of a sentence.",
    sample: "an adjustment",
  },
  {
    name: "changedBy",
    meaning: "Who changed the stock; empty if an order did. Test with {% if changedBy %}.",
    sample: "Grace",
  },
  { name: "soldLast7Days", meaning: "Units sold in the last 7 days.", sample: "18" },
  {
    name: "incoming.units",
    meaning:
      "Units that are on their way; empty if no delivery is expected. Test with {% if incoming %}.",
    sample: "60",
  },
  {
    name: "incoming.nextAt",
    meaning: 'When the next of them are expected, in UTC. Format it with | date: "%d %b %Y".',
    sample: "2026-03-20T12:00:00Z",
  },
  { name: "recipient.name", meaning: "Name of the person the mail goes to.", sample: "Ada" },
  {
    name: "recipient.email",
    meaning: "Address the mail goes to.",
    sample: "ada@example.com",
  },
  { name: "alert.id", meaning: "Number of the alert.", sample: "1042" },
  {
    name: "alert.openedAt",
    meaning: 'When the alert was raised, in UTC. Format it with | date: "%d %b %Y %H:%M".',
    sample: "2026-03-14T09:26:00Z",
  },
  {
    name: "alert.adminUrl",
    meaning: "Address of the alert in the admin app.",
    sample: "https://shop.example.com/admin/alerts/1042",
  },
];
