// The plain-text part of a low-stock mail: of the built-in one, and the frame around a stored override's text.

import type { LowStockMail } from "./low-stock-mail.ts";
import type { LowStockWording } from "./low-stock-wording.ts";
import { oneLine } from "../one-line.ts";

/** Writes the built-in mail as plain text. */
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
  return frameText(
    data,
    wording,
    [wording.headline, wording.lead, [...figures, ...facts].join("\n"), links.join("\n")].join(
      "\n\n",
    ),
  );
}

/** Puts the plain text of a body between the store's name and the footer, as the layout does in HTML. */
export function frameText(data: LowStockMail, wording: LowStockWording, body: string): string {
  return `${oneLine(data.store.name)}\n\n${body.trim()}\n\n-- \n${wording.footer}\n${data.store.adminUrl}\n`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
