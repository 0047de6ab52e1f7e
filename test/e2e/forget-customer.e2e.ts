// A customer who asks to be forgotten: by a person, from the page of one of their orders.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { logIn, lookOver, startBrowser, type Visitor } from "../support/browser.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { createProduct, orderId } from "../support/shop.ts";

let service: TestService;
let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), startBrowser()]);
  visitor = await logIn(browser, service);
  await createProduct(service, "POT", { name: "Teapot", unitsInStock: 20 });
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

it("a customer is forgotten in all orders after a question, and the orders stay", async () => {
  const { page, visit } = visitor;
  for (const reference of ["F-1", "F-2"]) {
    const body = {
      reference,
      customer: { name: "Ada Zweistein", email: "ada@example.com" },
      note: "Ring twice",
      lines: [{ sku: "POT", quantity: 2 }],
    };
    const placed = await service.send("POST", "/orders", body, { prefer: "wait=20" });
    expect(placed.status).toBe(201);
  }
  await visit(`/orders/${await orderId(service, "F-1")}`);
  await page.getByText("Ada Zweistein").waitFor();
  await page.getByRole("button", { name: "Forget this customer" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Forget ada@example.com?").waitFor();
  expect(await lookOver(visitor, "forget-customer", "window")).toEqual([]);
  await dialog.getByRole("button", { name: "Forget" }).click();
  await page.getByText("Forgotten in 2 orders.").waitFor();
  await page.getByText("Ada Zweistein").waitFor({ state: "detached" });
  await page.getByText("Ring twice").waitFor({ state: "detached" });
  expect(await page.getByRole("button", { name: "Forget this customer" }).count()).toBe(0);
  expect(await page.getByText("Teapot").count()).toBeGreaterThan(0);

  await visit("/settings/activity");
  await page.getByText("forgot a customer: 2 orders no longer have their name").waitFor();
});
