// One search over everything, by the keyboard alone; and addresses that name an order or a SKU.

import { beforeAll, describe, expect, it, vi } from "vitest";
import { pageIn } from "../support/answers.ts";
import { logIn, lookOver } from "../support/browser.ts";
import { createProduct, orderId } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, browser, visitor } = await startVisitedService();
const { page, visit } = visitor;

await createProduct(service, "MUG", {
  name: "Stoneware mug",
  unitsInStock: 40,
  variants: [{ sku: "MUG/SÉA 1", name: "Sea" }],
});
const place = (reference: string) =>
  service.send(
    "POST",
    "/orders",
    {
      reference,
      customer: { name: "Zoë Müller-Lüdenscheidt", email: "zoe@example.org" },
      lines: [{ sku: "MUG/SÉA 1", quantity: 1 }],
    },
    { prefer: "wait=10" },
  );
for (const reference of ["WEB-77", "web-77", "A/B Ö%1", "WEB-78"]) await place(reference);

// A new order is found by words some moments after it came.
beforeAll(() =>
  vi.waitFor(
    async () => expect(pageIn(await service.send("GET", "/orders?q=zoe")).data).toHaveLength(4),
    { timeout: 20_000 },
  ),
);

const field = () => page.getByRole("combobox", { name: "Search orders" });
const options = () => page.getByRole("option").allTextContents();

describe("the search", () => {
  it("opens with Ctrl+K and with /, and lists pages and actions", async () => {
    await visit("/products");
    await page.getByRole("button", { name: /^Search orders/ }).waitFor();
    await page.keyboard.press("Control+k");
    await field().waitFor();
    await page.getByRole("option", { name: "New product" }).waitFor();
    for (const action of ["Receive", "Announce a delivery"]) {
      await page.getByRole("option", { name: action, exact: true }).waitFor();
    }
    await page.keyboard.press("Escape");
    await field().waitFor({ state: "detached" });
    await page.getByRole("heading", { name: "Products", level: 1 }).click();
    await page.keyboard.press("/");
    await field().waitFor();
    expect(await field().inputValue()).toBe("");
    await page.keyboard.press("Escape");
    await field().waitFor({ state: "detached" });
  });

  it("leaves / to a field in which somebody types", async () => {
    await visit("/products");
    const search = page.getByRole("searchbox");
    await search.focus();
    await page.keyboard.press("/");
    expect(await search.inputValue()).toBe("/");
    expect(await field().count()).toBe(0);
  });

  it("leaves the keys to a dialog that is open", async () => {
    await visit("/settings/webhooks");
    await page.getByRole("button", { name: "New webhook" }).first().click();
    const address = page.getByRole("dialog").getByLabel("Address");
    await address.focus();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("https://shop.example/hooks");
    expect(await address.inputValue()).toBe("https://shop.example/hooks");
    expect(await field().count()).toBe(0);
    await page.keyboard.press("Escape");
    await address.waitFor({ state: "detached" });
  });

  it("finds a customer's order without their letters, and opens it with Enter", async () => {
    await visit("/products");
    await page.getByRole("button", { name: /^Search orders/ }).waitFor();
    await page.keyboard.press("Control+k");
    await field().fill("zoe muller web-78");
    await page.getByRole("option", { name: /^WEB-78/ }).waitFor();
    expect((await options())[0]).toContain("WEB-78");
    expect(await lookOver(visitor, "search-found", "window")).toEqual([]);
    const active = await field().getAttribute("aria-activedescendant");
    expect(active).toContain("order ");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Order WEB-78" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("group", { name: "Opened lately" }).getByText("WEB-78").waitFor();
    await page.keyboard.press("Escape");
  });

  it("goes to a page, and to a variant's product, by the arrow keys", async () => {
    await page.keyboard.press("Control+k");
    await field().fill("mail");
    await page.getByRole("option", { name: "Mail log" }).waitFor();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Mail log" }).waitFor();
    await page.keyboard.press("Control+k");
    await field().fill("mug sea");
    await page.getByRole("option", { name: /Stoneware mug – Sea/ }).waitFor();
    await page.getByRole("option", { name: /Stoneware mug – Sea/ }).click();
    await page.getByRole("heading", { name: "Stoneware mug" }).waitFor();
  });

  it("says in words that nothing was found", async () => {
    await page.keyboard.press("Control+k");
    await field().fill("no such thing at all");
    await page.getByText("Nothing found for “no such thing at all”").waitFor();
    expect(await lookOver(visitor, "search-nothing", "window")).toEqual([]);
    await page.keyboard.press("Escape");
  });
});

describe("the search on a phone", () => {
  it("is well made, and so is what it found", async () => {
    const other = await logIn(browser, service, { look: "phone" });
    await other.visit("/orders");
    await other.page.getByRole("button", { name: /^Search orders/ }).click();
    await other.page.getByRole("combobox", { name: "Search orders" }).fill("mug");
    await other.page.getByRole("option", { name: /Stoneware mug – Sea/ }).waitFor();
    expect(await lookOver(other, "search-found", "window")).toEqual([]);
    await other.page.keyboard.press("Escape");
    expect(await lookOver(other, "orders-filtered")).toEqual([]);
    await other.leave();
  });
});

describe("an address that names something", () => {
  it.each([
    ["/orders/WEB-78", "Order WEB-78"],
    ["/orders/A/B%20%C3%96%251", "Order A/B Ö%1"],
    [`/orders/${encodeURIComponent("A/B Ö%1")}`, "Order A/B Ö%1"],
    [`/products/${encodeURIComponent("MUG/SÉA 1")}`, "Stoneware mug"],
    ["/products/MUG/S%C3%89A%201", "Stoneware mug"],
    ["/products/mug", "Stoneware mug"],
  ])("%s leads to it", async (address, heading) => {
    await visit(address);
    await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
  });

  it("lets people choose if several have the name, and offers what is like it", async () => {
    await visit("/orders/Web-77");
    await page.getByText("Several are named “Web-77”").waitFor();
    expect(await lookOver(visitor, "orders-of-one-name", "window")).toEqual([]);
    await page.getByRole("main").getByRole("link", { name: "web-77" }).last().click();
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
    await visit("/orders/WEB-7");
    await page.getByText("Nothing is named “WEB-7”. These are like it:").waitFor();
    await visit("/orders/qqqq");
    await page.getByText("Nothing is named “qqqq”. Search for a part of it").waitFor();
    expect(await orderId(service, "WEB-77")).toMatch(/-/);
  });
});

describe("the list of orders", () => {
  it("is narrowed by words, customer, item and days, and says how many were found", async () => {
    await visit("/orders");
    await page.getByText("4 orders").waitFor();
    await page.getByLabel("Search: Order, customer or item").fill("zoe 78");
    await page.getByText("1 order", { exact: true }).waitFor();
    await page.getByLabel("Search: Order, customer or item").fill("");
    await page.getByText("4 orders").waitFor();
    await page.getByLabel("Search: Customer").fill("nobody");
    await page.getByText("No order matches").waitFor();
    await page.getByLabel("Search: Customer").fill("lüdenscheidt");
    await page.getByText("4 orders").waitFor();
    await page.getByLabel("Search: Item").fill("sea");
    await page.getByText("4 orders").waitFor();
    await page.getByLabel("From").fill("2001-01-01");
    await page.getByLabel("Until").fill("2001-01-02");
    await page.getByText("No order matches").waitFor();
    expect(page.url()).toContain("until=2001-01-02");
  });
});
