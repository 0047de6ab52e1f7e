// The template of the mail that warns a store's managers: a product or variant has reached its stock alert threshold,
// or is not sold any more.

import { createMailTemplate } from "../templating/mail-template.ts";
import { lowStockMailSchema } from "./low-stock-mail.ts";
import { lowStockSamples } from "./low-stock-samples.ts";
import { lowStockVariables } from "./low-stock-variables.ts";
import { frameLowStock, translateCause } from "./low-stock-wording.ts";
import { inEachLanguage } from "../words/mail-words.ts";

/** The template. */
export const lowStockTemplate = createMailTemplate({
  code: "shop:low_stock_internal",
  name: "Low stock",
  description:
    "Sent to every member of store-managers when a product or variant falls to its stock alert threshold, and again each time it is no longer sold.",
  words: inEachLanguage(({ lowStock, stockFooter }) => ({ ...lowStock, stockFooter })),
  variables: lowStockVariables,
  samples: lowStockSamples,
  schema: lowStockMailSchema,
  translate: translateCause,
  frame: frameLowStock,
  drawBody: async (data, speech) =>
    (await import("./low-stock-body.tsx")).drawLowStockBody(data, speech),
});
