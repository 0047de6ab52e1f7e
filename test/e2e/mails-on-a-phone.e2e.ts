// The low-stock mail on a phone: no figure and no short word is broken inside, and nothing is wider than the window.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { startBrowser, takeScreenshot } from "../support/browser.ts";
import { renderLowStockMail } from "../emails/low-stock/render-low-stock-mail.ts";
import { sampleMail } from "../emails/low-stock/sample-mail.ts";

const widths = [320, 375, 414] as const;

let browser: Awaited<ReturnType<typeof startBrowser>>;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage({ isMobile: true, hasTouch: true });
});

afterAll(() => browser.close());

/** Shows a mail at this width. Returns its words that stand on more than one line, and by how much it is too wide. */
async function lookAt(html: string, width: number, name: string) {
  await page.setViewportSize({ width, height: 900 });
  await page.setContent(html);
  await takeScreenshot(page, `${name}-${width}`);
  return layoutSchema.parse(await page.evaluate(readLayout));
}

const layoutSchema = z.object({
  broken: z.array(z.string()),
  tooWideBy: z.number(),
  quotation: z.array(z.number()),
});

/** Runs in the page. `quotation` is the space above and below its text. */
const readLayout = `(() => {
  const broken = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    for (const { 0: word, index } of node.textContent.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) broken.push(word);
    }
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  const bar = document.querySelector("blockquote")?.getBoundingClientRect();
  const text = document.querySelector("blockquote p")?.getBoundingClientRect();
  const quotation = text === undefined ? [] : [text.top - bar.top, bar.bottom - text.bottom];
  return { broken, tooWideBy: Math.max(0, scrollWidth - clientWidth), quotation };
})()`;

const whole = { broken: [], tooWideBy: 0 };

describe.each(widths)("at %i px", (width) => {
  it.each([5, 99_999, 999_987, 1_000_000, 123_456_789, 2_000_000_000])(
    "the figures of %i units stay whole",
    async (units) => {
      const mail = sampleMail("variant", "low");
      mail.stock.unitsInStock = units;
      mail.stock.threshold = units;
      const { html } = await renderLowStockMail(mail, null);
      expect(await lookAt(html, width, `mail-${units}`)).toMatchObject(whole);
    },
  );

  it("the words of a store's own table stay whole beside a longer value, and a quotation has space below", async () => {
    const body = [
      "> A quotation of one line.",
      "",
      "| What | Value |",
      "|---|---|",
      "| Units | A value that is much longer than its label, so that it wants all of the width |",
      "| Name | {{ product.name }} of a range whose description goes on for a while |",
    ].join("\n");
    const { html, overrideProblem } = await renderLowStockMail(sampleMail("variant", "low"), {
      subject: null,
      body,
    });
    expect(overrideProblem).toBeNull();
    const { quotation, ...layout } = await lookAt(html, width, "mail-table");
    expect(layout).toEqual(whole);
    expect(quotation).toEqual([17, 17]);
  });

  it("a long word without blanks is broken before it makes the mail too wide", async () => {
    const body = `| What | Value |\n|---|---|\n| Unbroken | ${"A1B2C3D4E5".repeat(12)} |`;
    const { html } = await renderLowStockMail(sampleMail("variant", "low"), {
      subject: null,
      body,
    });
    expect(await lookAt(html, width, "mail-long-word")).toMatchObject({ tooWideBy: 0 });
  });
});
