// The template of the mail that tells a manager of several items at once: their news came together, or the manager wants
// one mail a day.

import { createMailTemplate } from "../templating/mail-template.ts";
import { digestMailSchema, digestSamples, digestVariables } from "./digest-mail.ts";
import { frameDigest } from "./digest-wording.ts";
import { inEachLanguage } from "../words/mail-words.ts";

/** The template. */
export const digestTemplate = createMailTemplate({
  code: "shop:low_stock_digest",
  name: "Low stock, several items",
  description:
    "Sent in place of single mails when many items become low at once, and to everybody who wants one mail a day.",
  words: inEachLanguage(({ digest, lowStock: { badges }, stockFooter }) => ({
    ...digest,
    badges,
    stockFooter,
  })),
  variables: digestVariables,
  samples: digestSamples,
  schema: digestMailSchema,
  frame: frameDigest,
  drawBody: async (data, speech) =>
    (await import("./digest-body.tsx")).drawDigestBody(data, speech),
});
