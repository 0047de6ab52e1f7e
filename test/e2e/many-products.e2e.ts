// A manager changes many products at once: by check boxes and a bar, and thresholds in the list itself.

import { describe, expect, it } from "vitest";
import { allLooks, lookOver, logIn } from "../support/browser.ts";
import { createProduct } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, browser, visitor } = await startVisitedService();

const product = async (sku: string) => (await service.send("GET", `/products/${sku}`)).body;

for (const [sku, name] of [
  ["CUP", "Cup"],
  ["POT", "Pot"],
  ["TIN", "Tin"],
] as const) {
  await createProduct(service, sku, { name, unitsInStock: 20, stockAlertThreshold: 3 });
}
await createProduct(service, "CARD", { name: "Card", trackInventory: false });

const box = (name: string) =>
  visitor.page.getByRole("checkbox", { name: `Choose ${name}`, exact: true });
const bar = visitor.page.getByRole("region", { name: "The chosen rows" });

describe("many products at once", () => {
  it("get a threshold, those that can't are named, and it is undone", async () => {
    const { page, visit } = visitor;
    await visit("/products");
    await page.getByRole("checkbox", { name: "Choose all that are shown" }).check();
    await bar.getByText("4 chosen").waitFor();
    await box("Tin").uncheck();
    await bar.getByRole("button", { name: "Change settings" }).click();
    const dialog = page.getByRole("dialog", { name: "Change 3 products" });
    await dialog.getByLabel("Stock alert threshold", { exact: true }).selectOption("Set to");
    await dialog.getByLabel("Stock alert threshold, number").fill("8");
    expect(await lookOver(visitor, "products-change", "window")).toEqual([]);
    await dialog.getByRole("button", { name: "Change 3 products" }).click();
    await page.getByText("2 products have changed.").waitFor();
    const refused = page
      .getByRole("alert")
      .filter({ hasText: "1 of 3 items could not be changed" });
    await refused.getByText("Card: Its units are not counted.").waitFor();
    expect(await product("CUP")).toMatchObject({ stockAlertThreshold: 8, allowPreOrder: false });
    expect(await product("TIN")).toMatchObject({ stockAlertThreshold: 3 });

    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("2 products have the old settings again.").waitFor();
    expect(await product("CUP")).toMatchObject({ stockAlertThreshold: 3 });
    expect(await product("POT")).toMatchObject({ stockAlertThreshold: 3 });
  });

  it("are taken out of sale, but for one that somebody else has changed meanwhile", async () => {
    const { page, visit } = visitor;
    await visit("/products");
    await box("Cup").check();
    await box("Pot").check();
    await bar.getByRole("button", { name: "Change settings" }).click();
    const dialog = page.getByRole("dialog", { name: "Change 2 products" });
    await dialog.getByLabel("Enabled").selectOption("No");
    await service.send("PATCH", "/products/POT", { name: "Teapot" });
    await dialog.getByRole("button", { name: "Change 2 products" }).click();
    await page.getByText("1 product has changed.").waitFor();
    await page.getByRole("alert").getByText("Pot: Your changes are not saved.").waitFor();
    expect(await product("CUP")).toMatchObject({ enabled: false });
    expect(await product("POT")).toMatchObject({ enabled: true, name: "Teapot" });
  });

  it("receive units by one request", async () => {
    const { page, visit } = visitor;
    await visit("/products");
    await box("Cup").check();
    await box("Tin").check();
    await bar.getByRole("button", { name: "Receive" }).click();
    const dialog = page.getByRole("dialog", { name: "Receive", exact: true });
    await dialog.getByLabel("Cup").fill("5");
    await dialog.getByLabel("Tin").fill("7");
    expect(await lookOver(visitor, "products-receive", "window")).toEqual([]);
    await dialog.getByRole("button", { name: "Receive 12" }).click();
    await page.getByText("2 items received.").waitFor();
    expect(await product("CUP")).toMatchObject({ unitsInStock: 25 });
    expect(await product("TIN")).toMatchObject({ unitsInStock: 27 });
  });

  it("have their threshold changed in the list, one by one", async () => {
    const { page, visit } = visitor;
    await visit("/products");
    await page.getByRole("button", { name: "Threshold of TIN: 3. Change it" }).click();
    const form = page.getByRole("form", { name: "Threshold of TIN" });
    await form.getByLabel("Stock alert threshold").fill("11");
    await page.keyboard.press("Enter");
    await page.getByText("Tin is low at 11 now.").waitFor();
    await page.getByRole("button", { name: "Threshold of TIN: 11. Change it" }).waitFor();
    expect(await product("TIN")).toMatchObject({ stockAlertThreshold: 11, unitsInStock: 27 });
  });

  it.each(allLooks)("show on a %s", async (look) => {
    const other = await logIn(browser, service, { look });
    await other.visit("/products");
    await other.page.getByRole("checkbox", { name: "Choose Tin", exact: true }).check();
    await other.page.getByRole("button", { name: "Change settings" }).waitFor();
    expect(await lookOver(other, "products-bar", "window")).toEqual([]);
    await other.leave();
  });
});
