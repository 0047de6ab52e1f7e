// Pins the rendered mails byte by byte. Every change of what a reader gets shows up as a difference in the files next to
// this test. To accept one, run this file with `npx vitest run -u` and look at the difference.

import { expect, it } from "vitest";
import { lowStockSamples } from "../../../src/emails/low-stock/low-stock-samples.ts";
import { lowStockTemplate } from "../../../src/emails/low-stock/low-stock-template.ts";
import { renderLowStockMail } from "./render-low-stock-mail.ts";
import { sampleMail } from "./sample-mail.ts";

const override = { subject: "Low: {{ holder.sku }}", body: lowStockTemplate.words.en.starterBody };

it.each([
  ["built-in", null],
  ["override", override],
] as const)("the %s mail of every sample reads as before", async (name, words) => {
  const mails: string[] = [];
  for (const { title, data } of lowStockSamples) {
    const { subject, text } = await renderLowStockMail(data, words);
    mails.push(`=== ${title}\nSubject: ${subject}\n\n${text}`);
  }
  await expect(mails.join("\n")).toMatchFileSnapshot(`rendered/${name}-texts.txt`);
});

it.each([
  ["built-in", null],
  ["override", override],
] as const)("the %s mail has the same HTML as before", async (name, words) => {
  const { html } = await renderLowStockMail(sampleMail("variant", "low"), words);

  await expect(html).toMatchFileSnapshot(`rendered/${name}-html.txt`);
});
