// The manual's stories about products, in the browser and on the real service.

import { describe, expect, it } from "vitest";
import { logIn, lookOver } from "../support/browser.ts";
import { createProduct, placeOrder } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, browser, visitor } = await startVisitedService();

const read = async (sku: string) => (await service.send("GET", `/products/${sku}`)).body;
const save = (button = "Save") =>
  visitor.page.getByRole("button", { name: button, exact: true }).click();
const saved = () => visitor.page.getByText("is saved.").last().waitFor();

describe("the form of a product", () => {
  it("shows stock fields while the inventory is tracked, and none while it is not", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "SACHET", { name: "Sample sachet", trackInventory: false });
    await visit("/products/SACHET");
    const track = page.getByLabel("Track Inventory");
    const stockFields = [
      page.getByLabel("Units in Stock"),
      page.getByLabel("Stock Alert Threshold"),
      page.getByLabel("Hide if Out of Stock"),
      page.getByLabel("Allow Pre-Order"),
      page.getByLabel("Allow Negative Stock"),
    ];
    expect(await track.isChecked()).toBe(false);
    for (const field of stockFields) expect(await field.count()).toBe(0);

    await track.check();
    for (const field of stockFields) expect(await field.isVisible()).toBe(true);
    await save();
    await page.getByText("a product that tracks its inventory needs the count").waitFor();
    expect(await stockFields[0]?.getAttribute("aria-invalid")).toBe("true");

    await page.getByLabel("Units in Stock").fill("25");
    await page.getByLabel("Stock Alert Threshold").fill("4");
    await page.getByLabel("Allow Pre-Order").check();
    await save();
    await saved();
    expect(await read("SACHET")).toMatchObject({
      trackInventory: true,
      unitsInStock: 25,
      stockAlertThreshold: 4,
      allowPreOrder: true,
    });

    await track.uncheck();
    for (const field of stockFields) expect(await field.count()).toBe(0);
    await save();
    await expect.poll(() => read("SACHET")).not.toHaveProperty("unitsInStock");
    await track.check();
    await save();
    await expect
      .poll(() => read("SACHET"))
      .toMatchObject({ unitsInStock: 25, stockAlertThreshold: 4 });
  });

  it("has no Track Inventory where the product's type has no inventory", async () => {
    const { page, visit } = visitor;
    await visit("/new-product");
    expect(await page.getByLabel("Track Inventory").count()).toBe(1);
    await page.getByLabel("Type").selectOption("service");
    expect(await page.getByLabel("Track Inventory").count()).toBe(0);
    expect(await page.getByLabel("Units in Stock").count()).toBe(0);
  });

  it("says beside the SKU when it is taken, and beside other fields what else is wrong", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "TAKEN", { name: "Taken", unitsInStock: 1 });
    await visit("/new-product");
    await page.getByLabel("SKU").fill("TAKEN");
    await page.getByLabel("Name").fill("Another");
    await page.getByLabel("Units in Stock").fill("-3");
    await save("Create product");
    await page.getByText("Type 0 or more, or turn on Allow Negative Stock.").waitFor();
    expect(await page.getByLabel("Units in Stock").getAttribute("aria-invalid")).toBe("true");
    await page.getByLabel("Units in Stock").fill("3");
    await save("Create product");
    await page.getByText("Another product has this SKU.").waitFor();
    expect(await page.locator(":focus").getAttribute("data-path")).toBe("sku");
    await page.getByLabel("SKU").fill("NOT-TAKEN");
    await save("Create product");
    await page.getByRole("heading", { name: "Another" }).waitFor();
    expect(await read("NOT-TAKEN")).toMatchObject({ name: "Another", unitsInStock: 3 });
  });

  it("tells that it is saved without being in the way of what comes next", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "TOLD", { name: "Told", unitsInStock: 1 });
    await visit("/products/TOLD");
    await page.getByLabel("Name").fill("Told once");
    const discard = page.getByRole("button", { name: "Discard changes" });
    expect(await discard.innerText()).toBe("Discard changes");
    await save();
    const told = page.getByText("Told once is saved.");
    await told.waitFor();
    const box = await told.boundingBox();
    if (box === null) throw new Error("The notice is gone already.");
    // Whatever is below the notice gets the click, and the mouse above it does not keep it.
    await page.mouse.move(box.x + 5, box.y + 5);
    const isNotice = `document.elementFromPoint(${box.x + 5}, ${box.y + 5}).closest("[class*=Notification]") !== null`;
    expect(await page.evaluate(isNotice)).toBe(false);
    expect(await lookOver(visitor, "told", "window")).toEqual([]);
    await page.getByLabel("Name").fill("Told twice");
    await save();
    await page.getByText("Told twice is saved.").waitFor();
    await told.waitFor({ state: "detached" });
  });

  it("asks before it is left with changes that are not saved", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "LEFT", { name: "Left", unitsInStock: 1 });
    await visit("/products/LEFT");
    await page.getByLabel("Name").fill("Typed");
    await page.getByRole("link", { name: "Orders", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Stay here" }).click();
    expect(await page.getByLabel("Name").inputValue()).toBe("Typed");
    await page.getByRole("link", { name: "Orders", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Leave without saving" }).click();
    await page.getByRole("heading", { name: "Orders" }).waitFor();
  });
});

describe("variants", () => {
  it("are generated from options, and only new ones are added", async () => {
    const { page, visit } = visitor;
    await visit("/new-product");
    await page.getByLabel("SKU").fill("SHIRT");
    await page.getByLabel("Name").first().fill("Shirt");
    await page.getByLabel("Units in Stock").fill("30");
    await page.getByRole("button", { name: "Add an option" }).click();
    await page.getByLabel("Name of option 1").fill("colour");
    const values = page.getByLabel("Values of colour");
    for (const value of ["red", "blue"]) {
      await values.fill(value);
      await values.press("Enter");
    }
    await page.getByRole("button", { name: "Generate variants" }).click();
    await page.getByText("2 variants added below.").waitFor();
    await save("Create product");
    await page.getByRole("heading", { name: "Shirt" }).waitFor();
    expect(await read("SHIRT")).toMatchObject({
      variants: [
        { sku: "SHIRT-RED", options: { colour: "red" }, unitsInStock: null },
        { sku: "SHIRT-BLUE", options: { colour: "blue" }, unitsInStock: null },
      ],
    });

    await values.fill("green");
    await values.press("Enter");
    await page.getByRole("button", { name: "Generate variants" }).click();
    await page.getByText("1 variant added below. 2 existing variants kept.").waitFor();
    await save();
    await saved();
    expect(await read("SHIRT")).toMatchObject({
      variants: [{ sku: "SHIRT-RED" }, { sku: "SHIRT-BLUE" }, { sku: "SHIRT-GREEN" }],
    });
  });

  it("have a stock of their own, or draw on their product's where the field is empty", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "CUP", {
      name: "Cup",
      unitsInStock: 10,
      stockAlertThreshold: 2,
      variants: [
        { sku: "CUP-OWN", name: "Own" },
        { sku: "CUP-SHARED", name: "Shared" },
      ],
    });
    await visit("/products/CUP");
    const own = page.getByRole("listitem", { name: "Own" });
    const shared = page.getByRole("listitem", { name: "Shared" });
    expect(await shared.getByLabel("Units in Stock").getAttribute("placeholder")).toBe(
      "the product's: 10",
    );
    await own.getByLabel("Units in Stock").fill("4");
    await own.getByLabel("Stock Alert Threshold").fill("1");
    await save();
    await saved();
    expect(await placeOrder(service, "CUP-1", [{ sku: "CUP-OWN", quantity: 3 }])).toBe(201);
    expect(await placeOrder(service, "CUP-2", [{ sku: "CUP-SHARED", quantity: 6 }])).toBe(201);
    expect(await read("CUP")).toMatchObject({
      unitsInStock: 4,
      variants: [
        { sku: "CUP-OWN", unitsInStock: 1, stockAlertThreshold: 1, outOfStock: true },
        { sku: "CUP-SHARED", unitsInStock: null, stockAlertThreshold: null, outOfStock: false },
      ],
    });

    await visit("/products/CUP/history?item=CUP-OWN");
    await page.getByRole("link", { name: "CUP-1" }).waitFor();
    expect(await page.getByRole("link", { name: "CUP-2" }).count()).toBe(0);
    await page.getByLabel("Stock of", { exact: true }).selectOption("CUP");
    await page.getByRole("link", { name: "CUP-2" }).waitFor();
    expect(page.url()).toContain("item=CUP");
  });
});

describe("a product that sells down", () => {
  it("ends as out of stock, and hidden where it is to be hidden", async () => {
    const { page, visit } = visitor;
    await visit("/new-product");
    await page.getByLabel("SKU").fill("EDITION");
    await page.getByLabel("Name").fill("Numbered edition");
    await page.getByLabel("Units in Stock").fill("3");
    await page.getByLabel("Hide if Out of Stock").check();
    await save("Create product");
    await page.getByRole("heading", { name: "Numbered edition" }).waitFor();

    const isVisible = async () => (await service.send("GET", "/availability?sku=EDITION")).body;
    expect(JSON.stringify(await isVisible())).toContain('"visible":true');
    for (const reference of ["E-1", "E-2", "E-3"]) {
      expect(await placeOrder(service, reference, [{ sku: "EDITION", quantity: 1 }])).toBe(201);
    }
    expect(await placeOrder(service, "E-4", [{ sku: "EDITION", quantity: 1 }])).toBe(409);
    expect(JSON.stringify(await isVisible())).toContain('"visible":false');

    await visit("/products?status=hidden");
    const row = page.getByRole("row").filter({ hasText: "EDITION" });
    await row.getByText("None left").waitFor();
    expect(await row.getByText("Hidden").isVisible()).toBe(true);

    await visit("/alerts");
    const alert = page.getByRole("row").filter({ hasText: "Numbered edition" });
    await alert.getByText("None left", { exact: true }).waitFor();
    expect(await alert.getByRole("link", { name: "E-3" }).count()).toBe(1);

    await visit("/products/EDITION/history");
    await page.locator(".recharts-area").first().waitFor({ state: "attached" });
    expect(await page.getByRole("table", { name: "Ledger" }).getByRole("row").count()).toBe(5);
    await page.getByRole("link", { name: "E-2" }).click();
    await page.getByRole("heading", { name: "Order E-2" }).waitFor();
  });
});

describe("the list of products", () => {
  it("keeps search, filter and sort in its address, which can be shared", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "LIST-A", { name: "Listed anise", unitsInStock: 1 });
    await createProduct(service, "LIST-B", { name: "Listed basil", unitsInStock: 0 });
    await visit("/products");
    await page.getByLabel("Search: SKU or name").fill("listed");
    await page.waitForURL(/q=listed/);
    await page.getByRole("button", { name: /^Units in stock/ }).click();
    await page.waitForURL(/sort=unitsInStock/);
    const links = page.getByRole("table").getByRole("link", { name: /^Listed/ });
    await expect.poll(() => links.allTextContents()).toEqual(["Listed basil", "Listed anise"]);
    await page.getByText("Out of stock", { exact: true }).first().click();
    await expect.poll(() => links.allTextContents()).toEqual(["Listed basil"]);

    const other = await logIn(browser, service);
    await other.page.goto(page.url());
    const same = other.page.getByRole("table").getByRole("link", { name: /^Listed/ });
    await expect.poll(() => same.allTextContents()).toEqual(["Listed basil"]);
    await other.leave();
  });

  it("adjusts a count in place, and says what the count was when the person looked", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "QUICK", { name: "Quick", unitsInStock: 10 });
    await visit("/products?q=QUICK");
    await page.getByRole("button", { name: "Adjust the stock of QUICK" }).click();
    await service.send("POST", "/stock/QUICK/adjustments", { delta: -3 });
    const form = page.getByRole("form", { name: "Adjust the stock of QUICK" });
    await form.getByLabel("Units", { exact: true }).fill("5");
    await form.getByText("→ 15 units").waitFor();
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByText("There are 7 units now.").waitFor();
    await form.getByText("→ 12 units").waitFor();
    expect(await lookOver(visitor, "adjust-stock", "window")).toEqual([]);
    await form.getByLabel("Note").fill("Delivery 4712");
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText("QUICK has 12 units now.").waitFor();
    const { body } = await service.send("GET", "/stock/QUICK/movements?limit=1");
    expect(body).toMatchObject({
      data: [
        {
          kind: "receipt",
          change: 5,
          unitsAfter: 12,
          note: "Delivery 4712",
          actor: "user:admin@example.com",
        },
      ],
    });
  });

  it("is reached and worked with by the keyboard alone", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "KEYS", { name: "Keys", unitsInStock: 1 });
    await visit("/products?q=KEYS");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the page");
    await page.keyboard.press("Enter");
    const focused = page.locator(":focus");
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press("Tab");
      if ((await focused.getAttribute("aria-label")) === "Adjust the stock of KEYS") break;
    }
    await page.keyboard.press("Enter");
    const form = page.getByRole("form", { name: "Adjust the stock of KEYS" });
    await form.waitFor();
    await expect.poll(() => form.locator(":focus").count()).toBe(1);
    await page.keyboard.press("Escape");
    await form.waitFor({ state: "detached" });
    expect(await focused.getAttribute("aria-label")).toBe("Adjust the stock of KEYS");
  });
});
