// A file of thousands of rows, and files as spreadsheets really write them.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { logIn, lookOver, startBrowser, type Visitor } from "../support/browser.ts";
import { startTestService, type TestService } from "../support/service.ts";

let service: TestService;
let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService({ roles: ["api"] }), startBrowser()]);
  visitor = await logIn(browser, service);
});

afterAll(async () => {
  await browser.close();
  await service.stop();
});

const choose = (name: string, buffer: Buffer) =>
  visitor.page.locator('input[type="file"]').setInputFiles({ name, mimeType: "text/csv", buffer });

it("a file that is saved in parts says how far it is, and is imported whole", async () => {
  const { page, visit } = visitor;
  await visit("/product-import");
  const rows = Array.from({ length: 250 }, (_none, place) => `L-${place},Item ${place},${place}`);
  await choose("large.csv", Buffer.from(["sku,name,unitsInStock", ...rows].join("\n")));
  await page.getByRole("heading", { name: "250 to create, 0 to change" }).waitFor();
  let parts = 0;
  await page.route("**/product-import?dryRun=false", async (route) => {
    // The last part waits until the page was seen on its way.
    if (parts === 2) await page.getByText("200 of 250 products imported").waitFor();
    parts += 1;
    await route.continue();
  });
  await page.getByRole("button", { name: "Import 250 products" }).click();
  await page.getByText("250 products created, 0 changed").waitFor();
  await page.unroute("**/product-import?dryRun=false");
  expect(parts).toBe(3);
  expect((await service.send("GET", "/products/L-249")).status).toBe(200);
});

it("a file whose import breaks off is gone on with, and nothing is imported twice", async () => {
  const { page, visit } = visitor;
  await visit("/product-import");
  const rows = Array.from({ length: 150 }, (_none, place) => `B-${place},Item ${place},5`);
  await choose("broken-off.csv", Buffer.from(["sku,name,unitsInStock", ...rows].join("\n")));
  let parts = 0;
  await page.route("**/product-import?dryRun=false", async (route) => {
    parts += 1;
    await (parts === 2 ? route.abort() : route.continue());
  });
  await page.getByRole("button", { name: "Import 150 products" }).click();
  await page.getByText("100 of 150 products were imported before this error.").waitFor();
  await page.unroute("**/product-import?dryRun=false");
  expect(await lookOver(visitor, "product-import-broken-off")).toEqual([]);
  await page.getByRole("button", { name: "Check what is left to import" }).click();
  await page.getByRole("heading", { name: "50 to create, 0 to change; 100 unchanged" }).waitFor();
  await page.getByRole("button", { name: "Import 50 products" }).click();
  await page.getByText("50 products created, 0 changed").waitFor();
});

it("a file in the old Windows encoding keeps its accents, and says that it was guessed", async () => {
  const { page, visit } = visitor;
  await visit("/product-import");
  await choose(
    "windows.csv",
    Buffer.from("sku;name;unitsInStock\nCAF;Caf\xe9 cr\xe8me;3", "latin1"),
  );
  await page.getByText("Check the names before you import").waitFor();
  await page.getByRole("button", { name: "Import 1 product" }).click();
  await page.getByText("1 product created, 0 changed").waitFor();
  expect((await service.send("GET", "/products/CAF")).body).toMatchObject({ name: "Café crème" });
});

it("a workbook is told from a CSV file beside the field", async () => {
  const { page, visit } = visitor;
  await visit("/product-import");
  await choose("products.xlsx", Buffer.from("PK\u0003\u0004 and so on"));
  await page.getByText("This is a workbook, not a CSV file.").waitFor();
  expect(await page.getByRole("button", { name: /^Import/ }).count()).toBe(0);
});
