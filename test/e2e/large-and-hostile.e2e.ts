// What real stores have sooner or later: names that are too long or look like markup, orders of hundreds of
// lines, a limit above every count, and a service that is away for a while.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allLooks, lookOver, logIn, startBrowser, type Visitor } from "../support/browser.ts";
import { createPerson } from "../support/people.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { createProduct, orderId, placeOrder } from "../support/shop.ts";

const markup = `<img src=x onerror="document.title='owned'">`;
const longSku = `LONG-${"X".repeat(59)}`;
const wholesale = Array.from({ length: 120 }, (_none, place) => ({
  sku: `PART-${place}`,
  quantity: 2,
}));

let service: TestService;
let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), startBrowser()]);
  visitor = await logIn(browser, service);
  await createPerson(service, `${"a.long.address".repeat(4)}@example.com`, ["store-managers"]);
  await createProduct(service, "MARKUP", {
    name: `${markup} ${"Donaudampfschifffahrt".repeat(5)}`,
    unitsInStock: 5,
    stockAlertThreshold: 4,
  });
  await createProduct(service, longSku, { name: "Long SKU", unitsInStock: 1_234_567 });
  await createProduct(service, "SUNKEN", {
    name: "Below its limit",
    unitsInStock: 6,
    stockAlertThreshold: 80,
    outOfStockThreshold: 0,
  });
  const rows = wholesale.map(({ sku }, place) => `${sku},Part number ${place},5`);
  await service.send("POST", "/product-import", {
    csv: ["sku,name,unitsInStock", ...rows].join("\n"),
  });
  await placeOrder(service, markup, [{ sku: "MARKUP", quantity: 2 }]);
  await placeOrder(service, "WHOLESALE", wholesale);
  await placeOrder(
    service,
    "TOO-MUCH",
    wholesale.map(({ sku }) => ({ sku, quantity: 50 })),
  );
});

afterAll(async () => {
  await browser.close();
  await service.stop();
});

const pages: readonly { readonly name: string; readonly path: () => Promise<string> }[] = [
  { name: "products", path: async () => "/products?sort=-name" },
  { name: "orders", path: async () => "/orders" },
  { name: "order", path: async () => `/orders/${await orderId(service, markup)}` },
  { name: "alerts", path: async () => "/alerts" },
  { name: "mails", path: async () => "/settings/mails" },
  { name: "administrators", path: async () => "/settings/administrators" },
];

describe.each(allLooks)("on a %s, long and hostile names", (look) => {
  let reader: Visitor;

  beforeAll(async () => {
    reader = await logIn(browser, service, { look });
  });

  afterAll(() => reader.leave());

  it.each(pages)("stay text on the page $name, and push nothing out of sight", async (shown) => {
    await reader.visit(await shown.path());
    expect(await lookOver(reader, `hostile-${shown.name}`)).toEqual([]);
    expect(await reader.page.title()).not.toBe("owned");
    // A table that has to be scrolled sideways hides its last column.
    const hidden = await reader.page.evaluate<number>(
      `Math.max(0, ...[...document.querySelectorAll("table")].map(
         ({ scrollWidth, parentElement }) => scrollWidth - parentElement.clientWidth))`,
    );
    expect(hidden).toBe(0);
  });
});

it("products are sorted on a phone as well, where a table has no head", async () => {
  const phone = await logIn(browser, service, { look: "phone" });
  await phone.visit("/products?q=PART-1");
  await phone.page.getByLabel("Sort by").selectOption({ label: "SKU, descending" });
  await phone.page.waitForURL("**/products?q=PART-1&sort=-sku");
  await expect
    .poll(() => phone.page.getByRole("table").getByRole("link").first().textContent())
    .toBe("Part number 19");
  await phone.leave();
});

it("a limit is drawn in also where every count is below it", async () => {
  const { page, visit } = visitor;
  await visit("/products/SUNKEN/history?days=1");
  await page.getByText("Threshold 80").waitFor();
});

describe("an order of hundreds of lines", () => {
  it("shows its first lines and its first shortages, and all of them on request", async () => {
    const { page, visit } = visitor;
    await visit(`/orders/${await orderId(service, "TOO-MUCH")}`);
    const rows = page.getByRole("table", { name: "Lines" }).getByRole("row");
    expect(await rows.count()).toBe(51);
    await page.getByRole("button", { name: "Show all 120 lines" }).click();
    expect(await rows.count()).toBe(121);
    const shortages = page.getByRole("listitem").filter({ hasText: "50 ordered" });
    expect(await shortages.count()).toBe(10);
    await page.getByRole("button", { name: "Show all 120 shortages" }).click();
    expect(await shortages.count()).toBe(120);
  });

  it("is restored in part by searching for what came back", async () => {
    const { page, visit } = visitor;
    const id = await orderId(service, "WHOLESALE");
    await service.send("POST", `/orders/${id}/cancel`);
    await visit(`/orders/${id}`);
    await page.getByRole("button", { name: "Restore stock" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Restore 240 units" }).waitFor();
    await dialog.getByRole("button", { name: "Set all to 0" }).click();
    await dialog.getByLabel("Search the items of this order").fill("part-119");
    await dialog.getByLabel("Part number 119").fill("1");
    expect(await lookOver(visitor, "restock-wholesale", "window")).toEqual([]);
    await dialog.getByRole("button", { name: "Restore 1 unit" }).click();
    await dialog.waitFor({ state: "detached" });
    const stock = await service.send("GET", "/stock/PART-119");
    expect(stock.body).toMatchObject({ unitsInStock: 4 });
  });

  it("leads from each line to its product", async () => {
    const { page, visit } = visitor;
    await visit(`/orders/${await orderId(service, "WHOLESALE")}`);
    await page.getByRole("link", { name: "PART-7", exact: true }).click();
    await page.getByRole("link", { name: "Part number 7", exact: true }).waitFor();
  });
});

describe("while the service is away", () => {
  it("numbers that were read are told from those of now", async () => {
    const { page, visit } = visitor;
    await visit("/overview");
    await page.route("**/api/v1/**", (route) => route.abort());
    await page.getByRole("alert").getByText("The service can't be reached").waitFor({
      timeout: 60_000,
    });
    await page.getByText("Orders per hour").waitFor();
    await page.unroute("**/api/v1/**");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("alert").waitFor({ state: "detached" });
  });

  it("a save that fails says so in sight, and is made good afterwards", async () => {
    const phone = await logIn(browser, service, { look: "phone" });
    const { page, visit } = phone;
    await visit("/products/SUNKEN");
    await page.getByLabel("Out-of-Stock Threshold").fill("2");
    await page.route("**/api/v1/**", (route) => route.abort());
    await page.getByRole("button", { name: "Save" }).click();
    const notice = page.getByRole("alert").filter({ hasText: "can't be reached" }).first();
    await notice.waitFor();
    const isInSight = async (): Promise<boolean> => {
      const box = await notice.boundingBox();
      const height = page.viewportSize()?.height ?? 0;
      return box !== null && box.y >= 0 && box.y + box.height <= height;
    };
    await expect.poll(isInSight).toBe(true);
    await page.unroute("**/api/v1/**");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Below its limit is saved.").waitFor();
    await phone.leave();
  });
});

it("the browser's back button asks before changes are lost", async () => {
  const { page, visit } = visitor;
  await visit("/products?q=SUNKEN");
  await page.getByRole("link", { name: "Below its limit" }).click();
  await page.getByRole("textbox", { name: "Name" }).first().fill("Changed and not saved");
  await page.goBack();
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  await dialog.getByRole("button", { name: "Stay here" }).click();
  expect(await page.getByRole("textbox", { name: "Name" }).first().inputValue()).toBe(
    "Changed and not saved",
  );
  await page.goBack();
  await dialog.getByRole("button", { name: "Leave without saving" }).click();
  await page.waitForURL("**/products?q=SUNKEN");
});
