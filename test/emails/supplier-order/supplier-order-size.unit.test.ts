// An order of very many items: whatever they are called, Gmail shows all of the mail, and the file has the whole names.

import { expect, it } from "vitest";
import { supplierMailLinesMax } from "../../../src/contract/supplier-mails.ts";
import { languages, voiceOf } from "../../../src/domain/language/languages.ts";
import {
  type SupplierOrderMail,
  supplierOrderSamples,
} from "../../../src/emails/supplier-order/supplier-order-mail.ts";
import { supplierOrderTemplate } from "../../../src/emails/supplier-order/supplier-order-template.ts";
import { renderMail } from "../../../src/emails/templating/render-mail.tsx";
import { renderOverride } from "../../../src/emails/templating/render-override.ts";

function hugeOrder(letter: string): SupplierOrderMail {
  const [sample] = supplierOrderSamples;
  if (sample === undefined) throw new Error("Expected a sample; there is none.");
  const lines = Array.from({ length: supplierMailLinesMax }, (_none, place) => ({
    name: letter.repeat(200),
    sku: `${"SKU-".repeat(14)}${place}`,
    units: 1_234_567,
  }));
  return { ...sample.data, lines };
}

it.each(
  languages.flatMap((language) => ["n", "ü", "商", "🏮"].map((letter) => ({ language, letter }))),
)("in $language with names of $letter is shorter than 102 kB", async ({ language, letter }) => {
  const mail = supplierOrderTemplate.prepare(hugeOrder(letter), voiceOf({ language }));
  const { html } = await renderMail(mail, null, async (...of) => renderOverride(...of));
  expect(Buffer.byteLength(html)).toBeLessThan(102_000);
  expect(html).toContain(letter.repeat(9));
  expect(mail.attachments[0]?.content).toContain(letter.repeat(200));
});
