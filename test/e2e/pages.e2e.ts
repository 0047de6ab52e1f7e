// Every page of the catalogue and of the orders, on a desktop and on a phone.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appAddresses, unvisited } from "../support/app-addresses.ts";
import { allLooks, lookOver, logIn, startBrowser, type Visitor } from "../support/browser.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { orderId, stockShop } from "../support/shop.ts";

let service: TestService;
let browser: Browser;

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), startBrowser()]);
  await stockShop(service);
});

afterAll(async () => {
  await browser.close();
  await service.stop();
});

const pages: readonly {
  readonly name: string;
  readonly path: string | (() => Promise<string>);
  readonly area?: "page" | "window";
  /** What has to be there before the page is looked at. */
  readonly shows?: (visitor: Visitor) => Promise<void>;
}[] = [
  {
    name: "overview",
    path: "/overview",
    shows: async ({ page }) => page.locator(".recharts-bar").first().waitFor({ state: "attached" }),
  },
  { name: "products", path: "/products" },
  { name: "products-none", path: "/products?q=nothing+has+this+name" },
  { name: "product", path: "/products/MUG" },
  { name: "product-untracked", path: "/products/WRAP" },
  { name: "new-product", path: "/new-product" },
  {
    name: "stock-history",
    path: "/products/MUG/history?item=MUG-SEA&days=1",
    shows: async ({ page }) =>
      page.locator(".recharts-area").first().waitFor({ state: "attached" }),
  },
  { name: "product-import", path: "/product-import" },
  { name: "orders", path: "/orders" },
  { name: "order", path: async () => `/orders/${await orderId(service, "W-5")}` },
  { name: "order-rejected", path: async () => `/orders/${await orderId(service, "W-4")}` },
  { name: "running-out", path: "/running-out?days=30" },
  { name: "receiving", path: "/receiving" },
  { name: "receiving-received", path: "/receiving?show=received" },
  { name: "receiving-closed", path: "/receiving?show=closed" },
  { name: "receipt", path: "/receipts/DN-4711" },
  { name: "expected-delivery", path: "/expected-deliveries/PO-1207" },
  { name: "new-receipt", path: "/new-receipt?delivery=PO-1207" },
  { name: "new-delivery", path: "/new-delivery" },
  { name: "product-on-the-way", path: "/products/TEA%2FEARL" },
  { name: "alerts", path: "/alerts" },
  { name: "alerts-ended", path: "/alerts?status=ended" },
  { name: "alert", path: "/alerts/0198c0de-0000-7000-8000-000000000000" },
  { name: "pre-orders", path: "/pre-orders" },
  { name: "account", path: "/account" },
  {
    name: "account-menu",
    path: "/account",
    area: "window",
    shows: async ({ page }) => {
      await page.getByRole("button", { name: /^Account of/ }).click();
      await page.getByRole("menuitem", { name: "Log out" }).waitFor();
    },
  },
  { name: "lost", path: "/no-such-page" },
];

const pathOf = async ({ path }: (typeof pages)[number]) =>
  typeof path === "string" ? path : await path();

it("all of the app's addresses but the settings' are looked at here", async () => {
  const paths = await Promise.all(pages.map(pathOf));
  const outside = appAddresses.filter((address) => !address.startsWith("/settings/"));
  expect(outside).toContain("/products/:sku");
  expect(unvisited(outside, paths)).toEqual([]);
});

describe.each(allLooks)("on a %s", (look) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await logIn(browser, service, { look });
  });

  afterAll(() => visitor.leave());

  it.each(pages)("the page $name is well made", async (entry) => {
    const { name, area, shows } = entry;
    await visitor.visit(await pathOf(entry));
    await shows?.(visitor);
    expect(await lookOver(visitor, name, area)).toEqual([]);
  });
});
