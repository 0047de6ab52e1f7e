// Lists on a small laptop, 1024 px wide: no column lies outside the window, and no figure is broken into two lines on a
// phone.

import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { logIn } from "../support/browser.ts";
import { createPerson } from "../support/people.ts";
import { createProduct, placeOrder, stockShop } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, browser, visitor } = await startVisitedService();
await stockShop(service);
await createPerson(service, "a.quite.long.address.of.a.manager@department.example.com", [
  "store-managers",
]);
await createProduct(service, "WAREHOUSE-PALLET-OF-STONEWARE-2026", {
  name: "Pallet of stoneware mugs, assorted colours",
  unitsInStock: 1_234_567,
  stockAlertThreshold: 1_234_560,
  outOfStockThreshold: 1_000_000,
});
await placeOrder(service, "WHOLESALE-2026-000000000077-B", [
  { sku: "WAREHOUSE-PALLET-OF-STONEWARE-2026", quantity: 8 },
]);
await placeOrder(service, "WHOLESALE-2026-000000000078-B", [
  { sku: "WAREHOUSE-PALLET-OF-STONEWARE-2026", quantity: 900_000 },
]);

const listed = z.object({ data: z.tuple([z.object({ id: z.string() })]) });
const written = z.object({ html: z.string() });

const lists = [
  "/overview",
  "/products",
  "/orders",
  "/orders?status=rejected",
  "/alerts",
  "/alerts?status=ended",
  "/pre-orders",
  "/receiving",
  "/receiving?show=received",
  "/settings/administrators",
  "/settings/groups",
  "/settings/product-types",
  "/settings/mail-templates",
  "/settings/mails",
  "/settings/api-keys",
  "/settings/webhooks",
];

/** The tables that are wider than their frame, with how much is hidden. */
const hidden = `[...document.querySelectorAll("main table")].flatMap((table) => {
  const frame = table.parentElement;
  const over = frame.scrollWidth - frame.clientWidth;
  return over > 0 ? [(table.getAttribute("aria-label") ?? "a table") + ": " + over + " px"] : [];
})`;

/** The figures of the page that take more than one line. */
const broken = `[...document.querySelectorAll("td")].flatMap((cell) => {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    for (const { index, 0: figure } of text.data.matchAll(/\\d[\\d.,]{2,}\\d/g)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + figure.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(figure);
    }
  }
  return found;
})`;

/** What reaches beyond a phone's window. */
const tooWide = `[...document.querySelectorAll("body *")].flatMap((element) => {
  const { right } = element.getBoundingClientRect();
  return right > 320 && element.children.length === 0 ? [element.outerHTML.slice(0, 300) + right] : [];
})`;

describe("at 1024 px", () => {
  it.each(lists)("the list %s has all its columns in the window", async (path) => {
    const { page, visit } = visitor;
    await page.setViewportSize({ width: 1_024, height: 768 });
    await visit(path);
    expect(await page.evaluate<string[]>(hidden)).toEqual([]);
  });

  it("a table that is too wide is noticed", async () => {
    const { page, visit } = visitor;
    await visit("/products");
    await page.evaluate(`document.querySelector("main table").style.width = "2000px"`);
    expect(await page.evaluate<string[]>(hidden)).toHaveLength(1);
  });
});

it("no figure is broken on a phone", async () => {
  const phone = await logIn(browser, service, { look: "phone" });
  for (const path of ["/overview", "/products", "/alerts", "/pre-orders", "/orders"]) {
    await phone.visit(path);
    expect([path, ...(await phone.page.evaluate<string[]>(broken))]).toEqual([path]);
  }
  await phone.visit("/alerts");
  await phone.page.evaluate(`{
    const cell = document.querySelector("main td");
    cell.style.cssText = "display: block; width: 3ch; overflow-wrap: anywhere";
    cell.textContent = "1,234,567";
  }`);
  expect(await phone.page.evaluate<string[]>(broken)).toEqual(["1,234,567"]);
  await phone.leave();
});

it("no figure of a mail is broken on a phone", async () => {
  const large = { name: "Large", unitsInStock: 999_987_655, stockAlertThreshold: 999_987_654 };
  await createProduct(service, "LARGE", { ...large, outOfStockThreshold: 0 });
  await placeOrder(service, "LARGE-1", [{ sku: "LARGE", quantity: 1 }]);
  const page = await browser.newPage({ viewport: { width: 320, height: 690 } });
  for (const [q, figure] of [
    ["Pallet", "1,234,559"],
    ["Large", "999,987,654"],
  ] as const) {
    const found = await vi.waitFor(async () => {
      const { body } = await service.send("GET", `/mails?status=sent&q=${q}&limit=1`);
      return listed.parse(body).data[0].id;
    });
    const { html } = written.parse((await service.send("GET", `/mails/${found}`)).body);
    await page.setContent(html);
    await page.getByText(figure, { exact: true }).first().waitFor();
    expect(await page.evaluate<string[]>(broken)).toEqual([]);
    expect(await page.evaluate<string[]>(tooWide)).toEqual([]);
  }
  await page.close();
});
