// The template of the mail that tells a manager of several items at once: their news came together, or the manager wants
// one mail a day.

import { createMailTemplate } from "../templating/mail-template.ts";
import { digestMailSchema, digestSamples, digestVariables } from "./digest-mail.ts";
import { frameDigest } from "./digest-wording.ts";

const starterBody = `# {{ count }} {% if count == 1 %}item needs{% else %}items need{% endif %} a look

{% for item in items %}- [{{ item.name }}]({{ item.adminUrl }}), SKU {{ item.sku }}: {% if item.state == "none-left" %}none left{% elsif item.state == "held-back" %}not sold, {{ item.unitsInStock }} held back{% elsif item.state == "low" %}low, {{ item.unitsInStock }} left{% else %}in stock again, {{ item.unitsInStock }} left{% endif %}
{% endfor %}
{% if more > 0 %}And {{ more }} more.{% endif %}

[Open the alerts]({{ alertsUrl }})
`;

/** The template. */
export const digestTemplate = createMailTemplate({
  code: "shop:low_stock_digest",
  name: "Low stock, several items",
  description:
    "Sent in place of single mails when many items become low at once, and to everybody who wants one mail a day.",
  defaultSubject:
    "Product Stock Low - {% if count == 1 %}{{ items.0.name }}{% else %}{{ count }} items{% endif %}",
  starterBody,
  variables: digestVariables,
  samples: digestSamples,
  schema: digestMailSchema,
  frame: frameDigest,
  drawBody: async (data) => (await import("./digest-body.tsx")).drawDigestBody(data),
});
