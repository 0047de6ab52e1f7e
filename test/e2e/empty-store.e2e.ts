// A store in which nothing has happened yet: each list says what it is for and what to do next.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allLooks, lookOver, logIn, startBrowser, type Visitor } from "../support/browser.ts";
import { startTestService, type TestService } from "../support/service.ts";

let service: TestService;
let browser: Browser;

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), startBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await service.stop();
});

const lists: readonly { readonly path: string; readonly says: string }[] = [
  {
    path: "/products",
    says: "Add the first one here, or import a CSV file.",
  },
  { path: "/orders", says: "No orders yet" },
  { path: "/alerts", says: "You can set thresholds on the product pages." },
  { path: "/running-out", says: "Items are listed once orders have bought some of them." },
  { path: "/receiving", says: "Announce a delivery when you have ordered from a supplier." },
  { path: "/pre-orders", says: "Products with Allow Pre-Order can be ordered" },
  { path: "/settings/mails", says: "No mails yet" },
  { path: "/settings/activity?area=queue", says: "or show all" },
  { path: "/settings/webhooks", says: "A shop or a chat gets changes by itself" },
];

describe.each(allLooks)("on a %s", (look) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await logIn(browser, service, { look });
  });

  afterAll(() => visitor.leave());

  it.each(lists)("the empty page $path says what to do next", async ({ path, says }) => {
    const { page, visit } = visitor;
    await visit(path);
    await page.getByText(says).waitFor();
    expect(await lookOver(visitor, `empty${path.replaceAll("/", "-")}`)).toEqual([]);
  });

  it("the overview has nothing to do and says so", async () => {
    const { page, visit } = visitor;
    await visit("/overview");
    await page.getByText("all are decided").waitFor();
    expect(await lookOver(visitor, "empty-overview")).toEqual([]);
  });
});

it("the first product is made from the empty list", async () => {
  const { page, visit, leave } = await logIn(browser, service);
  await visit("/products");
  await page.getByRole("main").getByRole("link", { name: "New product" }).last().click();
  // The search of the list is called "SKU or name"; its page stands until the next one is loaded.
  await page.getByRole("heading", { level: 1, name: "New product" }).waitFor();
  await page.getByLabel("SKU").fill("FIRST");
  await page.getByLabel("Name").fill("The first");
  await page.getByLabel("Units in Stock").fill("1");
  await page.getByRole("button", { name: "Create product" }).click();
  await page.getByRole("heading", { name: "The first" }).waitFor();
  await leave();
});
