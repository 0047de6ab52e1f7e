// The mail about very many items: whatever its items are called, Gmail shows all of it.

import { expect, it } from "vitest";
import { languages, voiceOf } from "../../../src/domain/language/languages.ts";
import {
  type DigestMail,
  digestSamples,
} from "../../../src/emails/low-stock-digest/digest-mail.ts";
import { digestTemplate } from "../../../src/emails/low-stock-digest/digest-template.ts";
import { renderMail } from "../../../src/emails/templating/render-mail.tsx";
import { renderOverride } from "../../../src/emails/templating/render-override.ts";

const states = ["none-left", "held-back", "low", "over"] as const;

function hugeMail(letter: string): DigestMail {
  const [sample] = digestSamples;
  if (sample === undefined) throw new Error("Expected a sample; there is none.");
  const items = Array.from({ length: 150 }, (_none, place) => ({
    name: letter.repeat(120),
    sku: `${"SKU-".repeat(14)}${place}`,
    state: states[place % 4] ?? "low",
    unitsInStock: 1_234_567,
    threshold: 1_234_567,
    at: "2026-03-14T09:26:00Z",
    adminUrl: `https://a-long-name-of-a-host.shop.example.com/admin/alerts/0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f${1_000 + place}`,
  }));
  return { ...sample.data, count: 1_150, items, more: 1_000 };
}

it.each(
  languages.flatMap((language) => ["n", "ü", "商", "🏮"].map((letter) => ({ language, letter }))),
)("in $language with names of $letter is shorter than 102 kB", async ({ language, letter }) => {
  const mail = digestTemplate.prepare(hugeMail(letter), voiceOf({ language }));
  const { html } = await renderMail(mail, null, async (...of) => renderOverride(...of));
  expect(Buffer.byteLength(html)).toBeLessThan(102_000);
  expect(html).toContain(letter.repeat(9));
});
