// The mails that Tallyman sends, by template code: what the admin app and the API show of each. It draws nothing,
// so that listing templates loads no renderer.

import { type TemplateVariable, lowStockVariables } from "./low-stock/low-stock-variables.ts";

/** What is known about a template without rendering it. */
export interface MailTemplate {
  code: string;
  name: string;
  description: string;
  /** The subject, in Liquid, where no override has its own. */
  defaultSubject: string;
  /** A body in Liquid and Markdown to begin an override with; the built-in body is drawn, not written in Markdown. */
  starterBody: string;
  variables: readonly TemplateVariable[];
}

const lowStockStarterBody = `# {{ product.name }} {% if stock.state == "out" %}is out of stock{% else %}is running low{% endif %}

{% if holder.kind == "variant" %}Variant **{{ variant.name }}**, {% endif %}SKU \`{{ holder.sku }}\`

- Units left: **{{ stock.unitsInStock }}**
- Threshold: {{ stock.threshold }}
- Sold in the last 7 days: {{ soldLast7Days }}
- Caused by {% if order %}[order {{ order.reference }}]({{ order.adminUrl }}){% else %}{{ cause }}{% endif %}

[Open the product]({{ product.adminUrl }})
`;

/** The template that tells a store's managers that something ran low. */
export const lowStockTemplate: MailTemplate = {
  code: "shop:low_stock_internal",
  name: "Low stock",
  description:
    "Sent to every member of store-managers when a product or variant reaches its stock alert threshold, and again when it runs out.",
  defaultSubject: "Product Stock Low - {{ product.name }}",
  starterBody: lowStockStarterBody,
  variables: lowStockVariables,
};

/** Every template, in the order that the admin app lists them. */
export const mailTemplates: readonly MailTemplate[] = [lowStockTemplate];
