// The manual's stories about orders: found, cancelled, and their stock restored by hand.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageIn } from "../support/answers.ts";
import { logIn, lookOver, startBrowser, type Visitor } from "../support/browser.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { createProduct, orderId, placeOrder } from "../support/shop.ts";

let service: TestService;
let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), startBrowser()]);
  visitor = await logIn(browser, service);
  await createProduct(service, "POT", { name: "Teapot", unitsInStock: 20 });
  await createProduct(service, "LID", { name: "Lid", unitsInStock: 20 });
});

afterAll(async () => {
  await browser.close();
  await service.stop();
});

const unitsOf = async (sku: string) => (await service.send("GET", `/stock/${sku}`)).body;

describe("an order that is cancelled", () => {
  it("keeps its units until they are restored by hand: whole or part, capped, with a note", async () => {
    const { page, visit } = visitor;
    await placeOrder(service, "C-1", [
      { sku: "POT", quantity: 5 },
      { sku: "LID", quantity: 2 },
    ]);
    await visit(`/orders/${await orderId(service, "C-1")}`);
    expect(await page.getByRole("button", { name: "Restore stock" }).count()).toBe(0);
    await page.getByRole("button", { name: "Cancel order" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Note").fill("Changed their mind");
    await dialog.getByRole("button", { name: "Cancel the order" }).click();
    await page.getByText("Order C-1 is cancelled.").waitFor();
    await page.getByText("Changed their mind").waitFor();
    expect(await unitsOf("POT")).toMatchObject({ unitsInStock: 15 });

    await page.getByRole("button", { name: "Restore stock" }).click();
    const pot = dialog.getByLabel("Teapot");
    expect(await pot.inputValue()).toBe("5");
    await pot.fill("9");
    await dialog.getByText("At most 5 units can be restored.").waitFor();
    const submit = dialog.getByRole("button", { name: /^Restore/ });
    expect(await submit.isDisabled()).toBe(true);
    expect(await lookOver(visitor, "restore-stock", "window")).toEqual([]);
    await pot.fill("2");
    await dialog.getByLabel("Lid").fill("0");
    await dialog.getByLabel("Note").fill("Two came back whole");
    await submit.click();
    await page.getByText("2 units of order C-1 restored to stock.").waitFor();
    expect(await unitsOf("POT")).toMatchObject({ unitsInStock: 17 });
    expect(await unitsOf("LID")).toMatchObject({ unitsInStock: 18 });
    const potRow = page.getByRole("row").filter({ hasText: "Teapot" });
    expect(await potRow.getByRole("cell").allTextContents()).toEqual([
      "Teapot",
      "POT",
      "5",
      "5",
      "0",
      "5",
      "2",
    ]);

    await visit("/products/POT/history");
    const entry = page.getByRole("row").filter({ hasText: "Restored" });
    await entry.getByText("Two came back whole").waitFor();
    await entry.getByText("Returned by a customer").waitFor();
    expect(await entry.textContent()).toContain("admin@example.com");
    expect(await entry.textContent()).toContain("+2");
  });

  it("offers the rest afterwards, and nothing once all is back", async () => {
    const { page, visit } = visitor;
    await visit(`/orders/${await orderId(service, "C-1")}`);
    await page.getByRole("button", { name: "Restore stock" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByLabel("Teapot").inputValue()).toBe("3");
    expect(await dialog.getByLabel("Lid").inputValue()).toBe("2");
    await dialog.getByRole("button", { name: "Restore 5 units" }).click();
    await page.getByText("5 units of order C-1 restored to stock.").waitFor();
    expect(await unitsOf("POT")).toMatchObject({ unitsInStock: 20 });
    await page.getByRole("button", { name: "Restore stock" }).waitFor({ state: "detached" });
  });
});

describe("an order of which a part is refunded", () => {
  it("stays confirmed, says how much, and puts those units back at once if that is wanted", async () => {
    const { page, visit } = visitor;
    await placeOrder(service, "P-1", [
      { sku: "POT", quantity: 3 },
      { sku: "LID", quantity: 1 },
    ]);
    const id = await orderId(service, "P-1");
    await visit(`/orders/${id}`);
    await page.getByRole("button", { name: "Refund" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByLabel("Teapot").inputValue()).toBe("3");
    await dialog.getByLabel("Teapot").fill("4");
    await dialog.getByText("At most 3 units can be refunded.").waitFor();
    await dialog.getByLabel("Teapot").fill("1");
    await dialog.getByLabel("Lid").fill("0");
    await dialog.getByLabel("Put the units back to stock").check();
    await dialog.getByLabel("Reason").selectOption("Found");
    await dialog.getByLabel("Note").fill("Found in the van");
    expect(await lookOver(visitor, "refund-part", "window")).toEqual([]);
    await dialog.getByRole("button", { name: "Mark 1 unit as refunded" }).click();
    await page.getByText("Order P-1: 1 unit refunded.").waitFor();
    await page.getByText("1 of 4 refunded").waitFor();
    await page.getByText("1 × Teapot").first().waitFor();
    expect(await unitsOf("POT")).toMatchObject({ unitsInStock: 18 });
    expect(await lookOver(visitor, "order-refunded-in-part")).toEqual([]);
    await visit("/orders");
    const row = page.getByRole("row").filter({ hasText: "P-1" });
    expect(await row.textContent()).toContain("Confirmed1 of 4 refunded");

    await visit(`/orders/${id}`);
    await page.getByRole("button", { name: "Cancel order" }).click();
    expect(await dialog.getByLabel("Teapot").inputValue()).toBe("2");
    await dialog.getByRole("button", { name: "Cancel the order" }).click();
    await page.getByText("3 of 4 cancelled, 1 refunded").waitFor();
    await page.getByRole("button", { name: "Restore stock" }).click();
    await dialog.getByRole("button", { name: "Restore 3 units" }).click();
    await page.getByText("3 units of order P-1 restored to stock.").waitFor();
    expect(await unitsOf("POT")).toMatchObject({ unitsInStock: 20 });
  });

  it("says which box to clear if an item was deleted", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "OLD", { name: "Old", unitsInStock: 5 });
    await placeOrder(service, "D-1", [{ sku: "OLD", quantity: 2 }]);
    await service.send("DELETE", "/products/OLD");
    await visit(`/orders/${await orderId(service, "D-1")}`);
    await page.getByRole("button", { name: "Refund" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Put the units back to stock").check();
    await dialog.getByRole("button", { name: "Mark as refunded" }).click();
    await dialog.getByText("Clear this box, or create the products again first.").waitFor();
    await dialog.getByLabel("Put the units back to stock").uncheck();
    await dialog.getByRole("button", { name: "Mark as refunded" }).click();
    await page.getByText("Order D-1 is refunded.").waitFor();
  });

  it("is shown to a phone with all that became of it", async () => {
    const phone = await logIn(browser, service, { look: "phone" });
    await service.send("PUT", "/store", { name: "Shop", restockOnReturn: true });
    await createProduct(service, "CAP", { name: "Cap", unitsInStock: 20 });
    await placeOrder(service, "P-2", [{ sku: "CAP", quantity: 3 }]);
    const id = await orderId(service, "P-2");
    await service.send("POST", `/orders/${id}/refund`, { lines: [{ sku: "CAP", quantity: 1 }] });
    await phone.visit(`/orders/${id}`);
    expect(await lookOver(phone, "order-refunded-in-part")).toEqual([]);
    await phone.page.getByRole("button", { name: "Cancel order" }).click();
    expect(await phone.page.getByLabel("Put the units back to stock").isChecked()).toBe(true);
    expect(await lookOver(phone, "cancel-rest", "window")).toEqual([]);
    await phone.visit("/orders");
    expect(await lookOver(phone, "orders-refunded-in-part")).toEqual([]);
    await phone.visit("/products/CAP/history");
    expect(await lookOver(phone, "ledger-with-reasons")).toEqual([]);
    await phone.visit("/settings/store");
    expect(await lookOver(phone, "store-returns")).toEqual([]);
    await service.send("PUT", "/store", { name: "Shop", restockOnReturn: false });
    await phone.leave();
  });
});

describe("an order", () => {
  it("is restored once, though the answer to the first try was lost", async () => {
    const { page, visit } = visitor;
    await placeOrder(service, "R-1", [{ sku: "POT", quantity: 4 }]);
    const id = await orderId(service, "R-1");
    await service.send("POST", `/orders/${id}/refund`);
    await visit(`/orders/${id}`);
    await page.getByRole("button", { name: "Restore stock" }).click();
    // The request reaches the service, and its answer never reaches the page.
    await page.route("**/restock", async (route) => {
      await route.fetch();
      await route.abort();
    });
    const submit = page.getByRole("dialog").getByRole("button", { name: "Restore 4 units" });
    await submit.click();
    await page.getByText("The service can't be reached").waitFor();
    await page.unroute("**/restock");
    await submit.click();
    await page.getByText("4 units of order R-1 restored to stock.").waitFor();
    expect(await unitsOf("POT")).toMatchObject({ unitsInStock: 20 });
  });

  it("that was rejected says why, and took nothing", async () => {
    const { page, visit } = visitor;
    await placeOrder(service, "X-1", [{ sku: "LID", quantity: 500 }]);
    await visit("/orders?status=rejected");
    await page.getByRole("link", { name: "X-1" }).click();
    await page.getByText("LID: 500 ordered, 20 available.").waitFor();
    expect(await page.getByRole("button", { name: "Cancel order" }).count()).toBe(0);
  });

  it("is found by its reference and by a SKU", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "SPOON", { name: "Spoon", unitsInStock: 9 });
    await placeOrder(service, "F-1", [{ sku: "SPOON", quantity: 1 }]);
    await placeOrder(service, "F-2", [{ sku: "POT", quantity: 1 }]);
    // A new order is found by its items some moments after it came.
    await expect
      .poll(async () => pageIn(await service.send("GET", "/orders?item=spoon")).data.length, {
        timeout: 20_000,
      })
      .toBe(1);
    await visit("/orders");
    const search = page.getByLabel("Search: Order, customer or item");
    const found = page.getByRole("table").getByRole("link");
    await search.fill("F-2");
    await expect.poll(() => found.allTextContents()).toEqual(["F-2"]);
    await search.fill("SPOON");
    await expect.poll(() => found.allTextContents()).toEqual(["F-1"]);
    await search.fill("nothing");
    await page.getByText("No order matches").waitFor();
  });

  it("leads to its job in Bull Board", async () => {
    const { page, visit } = visitor;
    const { bull } = service.queues["process-order"];
    await bull.pause();
    await service.send("POST", "/orders", {
      reference: "J-1",
      lines: [{ sku: "POT", quantity: 1 }],
    });
    await visit(`/orders/${await orderId(service, "J-1")}`);
    await page.getByRole("link", { name: "Show job in queue" }).click();
    await page.waitForURL(/\/admin\/queues\/queue\/orders\//);
    await expect.poll(() => page.getByRole("main").textContent()).toContain("J-1");
    await bull.resume();
  });
});

describe("pre-orders", () => {
  it("are listed until their order is cancelled", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "LAMP", { name: "Lamp", unitsInStock: 1, allowPreOrder: true });
    await placeOrder(service, "L-1", [{ sku: "LAMP", quantity: 4 }]);
    await visit("/pre-orders");
    const row = page.getByRole("row").filter({ hasText: "Lamp" });
    expect(await row.textContent()).toContain("3");
    await row.getByRole("link", { name: "L-1" }).click();
    await page.getByRole("button", { name: "Cancel order" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel the order" }).click();
    await page.getByText("Order L-1 is cancelled.").waitFor();
    await page.getByRole("link", { name: "Pre-orders" }).click();
    await page.getByText("No pre-orders").waitFor();
  });

  it("become ready when their units come in, and lead to their orders", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "SOFA", { name: "Sofa", unitsInStock: 1, allowPreOrder: true });
    await placeOrder(service, "S-1", [{ sku: "SOFA", quantity: 3 }]);
    await placeOrder(service, "S-2", [{ sku: "SOFA", quantity: 4 }]);
    await service.send("POST", "/stock/SOFA/adjustments", { delta: 3, kind: "receipt" });
    await visit("/pre-orders");
    const waiting = page.getByRole("table", { name: "Pre-orders" });
    const ready = page.getByRole("table", { name: "Ready orders" });
    await ready.getByRole("link", { name: "S-1" }).waitFor();
    expect(await waiting.getByRole("link", { name: /^S-/ }).allTextContents()).toEqual(["S-2"]);
    await waiting.getByRole("link", { name: "S-2" }).click();
    await page.getByText("Waits for 3 promised units").waitFor();
    await page.getByText("Promised units came in").waitFor();
    await visit("/orders?status=waiting");
    const found = page.getByRole("table").getByRole("link");
    await expect.poll(() => found.allTextContents()).toEqual(["S-2"]);

    await visit("/products?q=SOFA");
    await page.getByRole("button", { name: "Adjust the stock of SOFA" }).click();
    const form = page.getByRole("form", { name: "Adjust the stock of SOFA" });
    await form.getByLabel("Units").fill("5");
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText("SOFA has 2 units now. 3 went to pre-orders.").waitFor();
    await visit(`/orders/${await orderId(service, "S-2")}`);
    await page.getByText("Ready: waits for no more units").waitFor();
  });
});
