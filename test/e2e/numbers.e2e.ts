// Numbers that are typed and pasted, in every field for them: what comes in is kept, read as it is meant, or refused
// in words, and never saved as another number.

import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { looks, lookOver } from "../support/browser.ts";
import { createProduct, orderId, placeOrder } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, browser, visitor } = await startVisitedService();
await visitor.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);

/** Pastes over what a field holds, as a person does, and leaves the field. */
async function paste(field: Locator, text: string): Promise<void> {
  await field.click();
  await field.press("Control+a");
  await field.page().evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await field.press("Control+v");
  await field.press("Tab");
}

/** What is pasted and left, and what the field then holds: the number that is meant, or what was pasted. */
const pasted: readonly (readonly [string, string])[] = [
  ["1,234", "1234"],
  ["1.234", "1.234"],
  ["12.5", "12.5"],
  ["1e5", "1e5"],
  ["1,234,567", "1234567"],
  ["1\u202F234", "1234"],
  [" 007 ", "7"],
  ["99999999999", "99999999999"],
  ["1\n234", "1 ⏎ 234"],
];

async function expectHonest(field: Locator): Promise<void> {
  for (const [text, left] of pasted) {
    await paste(field, text);
    const isRefused = (await field.getAttribute("aria-invalid")) === "true";
    expect({ text, left: await field.inputValue(), isRefused }).toEqual({
      text,
      left,
      isRefused: !/^\d{1,7}$/.test(left),
    });
  }
}

/** Words beside a field. */
const said = (page: Page, words: string): Promise<void> => page.getByText(words).first().waitFor();

describe("a number that is pasted", () => {
  it("is kept or refused in every field of a product, and saved as what was meant", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "PASTED", {
      name: "Pasted",
      unitsInStock: 10,
      variants: [{ sku: "PASTED-S", unitsInStock: 3 }],
    });
    await visit("/products/PASTED");
    const [units, threshold] = [
      page.getByLabel("Units in Stock"),
      page.getByLabel("Stock Alert Threshold"),
    ];
    for (const field of [units.first(), threshold.first(), units.nth(1), threshold.nth(1)]) {
      await expectHonest(field);
      await field.fill("");
    }
    await paste(units.first(), "\u22125");
    expect(await units.first().inputValue()).toBe("-5");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await said(page, "Type 0 or more, or turn on Allow Negative Stock.");

    await paste(units.nth(1), "12.5");
    await said(page, "“12.5” is a fraction. Type a whole number.");
    await paste(units.first(), "1,234");
    await paste(threshold.first(), "1.234");
    expect(await lookOver(visitor, "numbers-refused")).toEqual([]);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await said(page, "“1.234” can be read in two ways. Type 1234 or another whole number.");
    expect(await page.locator(":focus").inputValue()).toBe("1.234");
    const before = await service.send("GET", "/products/PASTED");
    expect(before.body).toMatchObject({ unitsInStock: 10, variants: [{ unitsInStock: 3 }] });

    await units.nth(1).fill("12");
    await threshold.first().fill("20");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("is saved.").waitFor();
    expect((await service.send("GET", "/products/PASTED")).body).toMatchObject({
      unitsInStock: 1_234,
      stockAlertThreshold: 20,
      variants: [{ unitsInStock: 12 }],
    });
  });

  it("is shown as stored again when the changes are discarded", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "DISCARDED", { name: "Discarded", unitsInStock: 10 });
    await visit("/products/DISCARDED");
    const units = page.getByLabel("Units in Stock");
    await paste(units, "1e5");
    await page.getByRole("button", { name: "Discard changes" }).click();
    expect(await units.inputValue()).toBe("10");
    expect(await units.getAttribute("aria-invalid")).not.toBe("true");
  });

  it("is kept or refused where stock is adjusted, in each of its ways", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "COUNTED", { name: "Counted", unitsInStock: 10 });
    await visit("/products?q=COUNTED");
    await page.getByRole("button", { name: "Adjust the stock of COUNTED" }).click();
    const units = page.getByLabel("Units", { exact: true });
    await expectHonest(units);
    await paste(units, "\u22125");
    await said(page, "Type 0 or more.");
    expect(await units.inputValue()).toBe("\u22125");
    expect(await page.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);

    await page.getByText("Counted", { exact: true }).last().click();
    await expectHonest(page.getByLabel("Units counted"));
    await paste(page.getByLabel("Units counted"), "1.234");
    expect(await lookOver(visitor, "numbers-adjust", "window")).toEqual([]);
    await paste(page.getByLabel("Units counted"), "1,234");
    await said(page, "→ 1,234 units");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("COUNTED has 1,234 units now.").waitFor();
  });

  it("is kept or refused where units of an order come back", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "RETURNED", { name: "Returned", unitsInStock: 5_000 });
    await placeOrder(service, "RETURN-1", [{ sku: "RETURNED", quantity: 2_000 }]);
    const id = await orderId(service, "RETURN-1");
    await service.send("POST", `/orders/${id}/cancel`, {});
    await visit(`/orders/${id}`);
    await page.getByRole("button", { name: "Restore stock" }).click();
    const dialog = page.getByRole("dialog");
    const units = dialog.getByLabel("Returned");
    await paste(units, "1.234");
    await said(page, "“1.234” can be read in two ways.");
    await dialog.getByRole("button", { name: "Restore" }).click();
    expect(await lookOver(visitor, "numbers-restock", "window")).toEqual([]);
    await paste(units, "2,001");
    await said(page, "At most 2,000 units can be restored.");
    await paste(units, "1,234");
    await dialog.getByRole("button", { name: "Restore 1,234 units" }).click();
    await page.getByText("1,234 units of order RETURN-1 restored to stock.").waitFor();
  });

  it("is read as the browser's language writes it", async () => {
    await createProduct(service, "GERMAN", { name: "German", unitsInStock: 10 });
    const storageState = await visitor.page.context().storageState();
    const context = await browser.newContext({ ...looks.desktop, locale: "de-DE", storageState });
    const page = await context.newPage();
    await page.goto(`${service.url}/admin/products/GERMAN`);
    const units = page.getByLabel("Units in Stock");
    await units.fill("1,234");
    await units.press("Tab");
    await said(page, "“1,234” can be read in two ways. Type 1234 or another whole number.");
    await units.fill("1.234");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("is saved.").waitFor();
    expect((await service.send("GET", "/products/GERMAN")).body).toMatchObject({
      unitsInStock: 1_234,
    });
    await context.close();
  });
});

it("a number is not changed by the mouse's wheel or by an arrow's key", async () => {
  const { page, visit } = visitor;
  await createProduct(service, "WHEEL", { name: "Wheel", unitsInStock: 10 });
  await visit("/products/WHEEL");
  const units = page.getByLabel("Units in Stock");
  await units.click();
  await units.hover();
  await page.mouse.wheel(0, 100);
  await units.press("ArrowUp");
  await units.press("Tab");
  expect(await units.inputValue()).toBe("10");
});
