// The built-in body of a low-stock mail as plain text.

import type { LowStockMail } from "./low-stock-mail.ts";
import type { LowStockSpeech, LowStockWording } from "./low-stock-wording.ts";

/** Writes the body. It says the same as the HTML does. */
export function writeLowStockText(
  data: LowStockMail,
  wording: LowStockWording,
  { words }: LowStockSpeech,
): string {
  const figures = wording.figures.map(({ label, value }) => `${upperFirst(label)}: ${value}`);
  const facts = wording.facts
    .filter(({ label }) => label !== words.facts.product || data.holder.kind === "variant")
    .map(({ label, value }) => `${label}: ${value}`);
  const links = [
    `${wording.action.label}: ${wording.action.href}`,
    ...(data.order === null ? [] : [`${words.openOrder}: ${data.order.adminUrl}`]),
    `${words.openAlert}: ${data.alert.adminUrl}`,
  ];
  return [wording.headline, wording.lead, [...figures, ...facts].join("\n"), links.join("\n")].join(
    "\n\n",
  );
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
