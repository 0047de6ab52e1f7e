// Two people, or one person and the shop's sales, at the variants of one product.

import { expect, it } from "vitest";
import { lookOver } from "../support/browser.ts";
import { createProduct, placeOrder } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, visitor } = await startVisitedService();

const variants = (color: string, units: number, extra: object = {}) => ({
  sku: `${color}-1`,
  options: { colour: color },
  unitsInStock: units,
  ...extra,
});
const row = (name: string) =>
  visitor.page.getByRole("list", { name: "Variants" }).getByRole("listitem", { name });

it("a sale of one variant is not undone by saving a form in which another was changed", async () => {
  await createProduct(service, "PAINT", {
    name: "Paint",
    unitsInStock: 0,
    variants: [variants("red", 8), variants("blue", 8)],
  });
  const { page, visit } = visitor;
  await visit("/products/PAINT");
  await row("red").getByLabel("Name").fill("crimson");
  expect(await placeOrder(service, "PAINT-1", [{ sku: "blue-1", quantity: 5 }])).toBe(201);
  const blueUnits = row("blue").getByLabel("Units in Stock");
  await expect
    .poll(async () => {
      // Coming back to a tab reads again what is older than a few seconds.
      await page.evaluate(
        "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))",
      );
      return blueUnits.inputValue();
    })
    .toBe("3");
  expect(await row("crimson").getByLabel("Name").inputValue()).toBe("crimson");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Paint is saved.").waitFor();
  expect((await service.send("GET", "/products/PAINT")).body).toMatchObject({
    variants: [
      { name: "crimson", unitsInStock: 8 },
      { sku: "blue-1", unitsInStock: 3 },
    ],
  });
});

it("what a colleague made of one variant is told in words, and stays beside what was changed here", async () => {
  await createProduct(service, "INK", {
    name: "Ink",
    unitsInStock: 0,
    variants: [variants("black", 8), variants("green", 8)],
  });
  const { page, visit } = visitor;
  await visit("/products/INK");
  await row("black").getByLabel("Name").fill("jet black");
  await service.send("PATCH", "/products/INK", {
    variants: [
      variants("black", 8),
      variants("green", 8, { stockAlertThreshold: 4 }),
      variants("gold", 2),
    ],
  });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const notice = page.getByRole("alert").filter({ hasText: "Somebody else saved changes to this" });
  await notice.getByText("green: Stock Alert Threshold empty → 4; gold added").waitFor();
  expect(await lookOver(visitor, "stale-variants")).toEqual([]);
  await page.getByRole("button", { name: "Add my changes to theirs" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Ink is saved.").waitFor();
  expect((await service.send("GET", "/products/INK")).body).toMatchObject({
    variants: [
      { sku: "black-1", name: "jet black" },
      { sku: "green-1", stockAlertThreshold: 4 },
      { sku: "gold-1", unitsInStock: 2 },
    ],
  });
});

it("a count that was typed over a sale is shown beside what it is by now, for a person to decide", async () => {
  await createProduct(service, "GLUE", { name: "Glue", unitsInStock: 12 });
  const { page, visit } = visitor;
  await visit("/products/GLUE");
  await page.getByLabel("Units in Stock").fill("20");
  expect(await placeOrder(service, "GLUE-1", [{ sku: "GLUE", quantity: 1 }])).toBe(201);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Units were sold or counted in the meantime.").waitFor();
  await page.getByText("Units in Stock: 12 → 11 (you: 20)").waitFor();
  expect(await lookOver(visitor, "stale-count")).toEqual([]);
  // Without a choice, saving again is refused again.
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Units were sold or counted in the meantime.").waitFor();
  expect((await service.send("GET", "/products/GLUE")).body).toMatchObject({ unitsInStock: 11 });
  await page.getByRole("button", { name: "Discard my changes" }).click();
  expect(await page.getByLabel("Units in Stock").inputValue()).toBe("11");
});
