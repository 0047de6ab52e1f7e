// The template of the mail that warns a store's managers: a product or variant has reached its stock alert threshold,
// or has run out.

import { createMailTemplate } from "../templating/mail-template.ts";
import { lowStockMailSchema } from "./low-stock-mail.ts";
import { lowStockSamples } from "./low-stock-samples.ts";
import { lowStockVariables } from "./low-stock-variables.ts";
import { frameLowStock } from "./low-stock-wording.ts";

const starterBody = `# {{ product.name }} {% if stock.state == "out" %}is out of stock{% else %}is running low{% endif %}

{% if holder.kind == "variant" %}Variant **{{ variant.name }}**, {% endif %}SKU \`{{ holder.sku }}\`

- Units left: **{{ stock.unitsInStock }}**
- Threshold: {{ stock.threshold }}
- Sold in the last 7 days: {{ soldLast7Days }}
- Caused by {% if order %}[order {{ order.reference }}]({{ order.adminUrl }}){% else %}{{ cause }}{% endif %}

[Open the product]({{ product.adminUrl }})
`;

/** The template. */
export const lowStockTemplate = createMailTemplate({
  code: "shop:low_stock_internal",
  name: "Low stock",
  description:
    "Sent to every member of store-managers when a product or variant reaches its stock alert threshold, and again when it runs out.",
  defaultSubject: "Product Stock Low - {{ product.name }}",
  starterBody,
  variables: lowStockVariables,
  samples: lowStockSamples,
  schema: lowStockMailSchema,
  frame: frameLowStock,
  drawBody: async (data) => (await import("./low-stock-body.tsx")).drawLowStockBody(data),
});
