// The built-in body of a low-stock mail as plain text.

import type { LowStockMail } from "./low-stock-mail.ts";
import type { LowStockWording } from "./low-stock-wording.ts";

/** Writes the body. It says the same as the HTML does. */
export function writeLowStockText(data: LowStockMail, wording: LowStockWording): string {
  const figures = wording.figures.map(({ label, value }) => `${upperFirst(label)}: ${value}`);
  const facts = wording.facts
    .filter(({ label }) => label !== "Product" || data.holder.kind === "variant")
    .map(({ label, value }) => `${label}: ${value}`);
  const links = [
    `${wording.action.label}: ${wording.action.href}`,
    ...(data.order === null ? [] : [`Open the order: ${data.order.adminUrl}`]),
    `Open the alert: ${data.alert.adminUrl}`,
  ];
  return [wording.headline, wording.lead, [...figures, ...facts].join("\n"), links.join("\n")].join(
    "\n\n",
  );
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
