// The template of the mail that warns a store's managers: a product or variant has reached its stock alert threshold,
// or is not sold any more.

import { createMailTemplate } from "../templating/mail-template.ts";
import { lowStockMailSchema } from "./low-stock-mail.ts";
import { lowStockSamples } from "./low-stock-samples.ts";
import { lowStockVariables } from "./low-stock-variables.ts";
import { frameLowStock } from "./low-stock-wording.ts";

const starterBody = `# {{ product.name }} {% if stock.state == "low" %}is running low{% elsif stock.unitsInStock > 0 %}is not sold any more{% else %}has none left{% endif %}

{% if holder.kind == "variant" %}Variant **{{ variant.name }}**, {% endif %}SKU \`{{ holder.sku }}\`

- Units left: **{{ stock.unitsInStock }}**{% if stock.unitsSince %} (since then {{ stock.unitsSince }}){% endif %}
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
    "Sent to every member of store-managers when a product or variant falls to its stock alert threshold, and again each time it is no longer sold.",
  // Filters of mailboxes may go by its beginning.
  defaultSubject:
    'Product Stock Low - {{ product.name }}{% if variant %}, {{ variant.name }}{% endif %}{% if stock.state == "out" %}{% if stock.unitsInStock > 0 %}: not sold any more{% else %}: none left{% endif %}{% endif %}',
  starterBody,
  variables: lowStockVariables,
  samples: lowStockSamples,
  schema: lowStockMailSchema,
  frame: frameLowStock,
  drawBody: async (data) => (await import("./low-stock-body.tsx")).drawLowStockBody(data),
});
