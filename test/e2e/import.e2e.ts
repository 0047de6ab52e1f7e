// Products as a CSV file: exported, corrected in a spreadsheet, and imported after a look at the differences.

import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { logIn, lookOver, startBrowser, type Visitor } from "../support/browser.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { createProduct } from "../support/shop.ts";

let service: TestService;
let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService({ roles: ["api"] }), startBrowser()]);
  visitor = await logIn(browser, service);
  await createProduct(service, "MUG", {
    name: "Mug",
    unitsInStock: 12,
    stockAlertThreshold: 3,
    variants: [
      { sku: "MUG-RED", name: "Red", unitsInStock: 4 },
      { sku: "MUG-BLUE", name: "Blue" },
    ],
  });
});

afterAll(async () => {
  await browser.close();
  await service.stop();
});

const choose = (text: string) =>
  visitor.page.locator('input[type="file"]').setInputFiles({
    name: "products.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(text),
  });

it("a file with faults imports nothing and says where they are", async () => {
  const { page, visit } = visitor;
  await visit("/product-import");
  await choose("sku,name,unitsInStock\nMUG,Mug,lots\nNEW,,3\n");
  await page.getByText("2 errors in the file").waitFor();
  const table = page.getByRole("table", { name: "What is wrong" });
  await table.getByText('Expected a whole number; got "lots".').waitFor();
  expect(await table.textContent()).toContain("Line 3");
  expect(await page.getByRole("button", { name: /^Import/ }).count()).toBe(0);
  expect(await lookOver(visitor, "product-import-faults")).toEqual([]);
});

it("the export, corrected, shows its differences and is imported on a second step", async () => {
  const { page, visit } = visitor;
  await visit("/products");
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export" }).click();
  const text = await readFile(await (await downloading).path(), "utf8");
  const corrected = text
    .replace(/^MUG,,Mug,/mu, "MUG,,Mug with handle,")
    .replace(/^(MUG-RED,.*?),4,4,/mu, "$1,9,4,")
    .concat("BOWL,,Bowl,goods,true,true,5,,,,,,,,,\r\nCUP,,Cup,goods,true,true,0,,,,,,,,,\r\n");

  await page.getByRole("link", { name: "Import" }).click();
  await choose(corrected);
  await page.getByRole("heading", { name: "2 to create, 1 to change" }).waitFor();
  const table = page.getByRole("table", { name: "What would change" });
  const changed = table.getByRole("row").filter({ hasText: "Changed" });
  expect(await changed.textContent()).toContain("Name: Mug → Mug with handle");
  expect(await changed.textContent()).toContain("MUG-REDUnits in Stock: 4 → 9");
  expect(await lookOver(visitor, "product-import-differences")).toEqual([]);
  expect((await service.send("GET", "/products/BOWL")).status).toBe(404);

  await page.getByRole("button", { name: "Import 3 products" }).click();
  await page.getByText("2 products created, 1 changed").waitFor();
  await page.getByText("1 item is low already.").waitFor();
  expect((await service.send("GET", "/products/MUG")).body).toMatchObject({
    name: "Mug with handle",
    unitsInStock: 12,
    variants: [
      { sku: "MUG-RED", unitsInStock: 9 },
      { sku: "MUG-BLUE", unitsInStock: null },
    ],
  });
  expect((await service.send("GET", "/products/BOWL")).body).toMatchObject({ unitsInStock: 5 });

  await page.getByRole("link", { name: "Show the products" }).click();
  await page.getByRole("link", { name: "Mug with handle" }).waitFor();
});

it("a file that says what is so already changes nothing", async () => {
  const { page, visit } = visitor;
  await visit("/product-import");
  await choose("sku,name\nMUG,Mug with handle\n");
  await page.getByText("Nothing would change").waitFor();
  expect(await page.getByRole("button", { name: /^Import/ }).count()).toBe(0);
});

it("a file of another system says what it is read as, and asks for the location", async () => {
  const { page, visit } = visitor;
  await visit("/product-import");
  await choose(
    "Handle,Title,Option1 Name,Option1 Value,SKU,Barcode,Location,Available\nfan,Fan,Title,Default Title,FAN,1,North,3\nfan,Fan,Title,Default Title,FAN,1,South,4\n",
  );
  await page.getByText("Recognised as Shopify's export of inventory").waitFor();
  await page.getByText("1 error in the file").waitFor();
  await page.getByRole("combobox", { name: "Units at" }).click();
  await page.getByRole("option", { name: "All locations together" }).click();
  await page.getByText("1 to create, 0 to change").waitFor();
  const table = page.getByRole("table", { name: "What would change" });
  expect(await table.textContent()).toContain("Units in Stock: 7");
  await page.getByText("of 8 columns are used").click();
  await page.getByText("Left out: Barcode").waitFor();
  expect(await lookOver(visitor, "product-import-other-system")).toEqual([]);
});
