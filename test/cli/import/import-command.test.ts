// `tallyman import` as an operator runs it, on a running service.

import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestService, testAccess, type TestService } from "../../support/service.ts";
import { runTallyman } from "../run-tallyman.ts";
import { temporaryFile } from "../temporary-file.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ roles: ["api"] });
});

afterAll(() => service.stop());

const woo = `ID,Type,SKU,Name,Published,"In stock?",Stock,"Low stock amount","Backorders allowed?",Parent,Categories
1,simple,CAFÉ,Café,1,1,9,2,0,,Drinks
2,simple,CAP,Cap,1,1,4,,0,,Clothes
`;
const sources = "source_code,sku,status,quantity\nnorth,CAP,1,2.0000\nsouth,CAP,1,3.0000\n";

const run = (path: string, ...options: string[]) =>
  runTallyman(["import", path, "--url", service.url, ...options], {
    TALLYMAN_KEY: testAccess.apiKey,
  }).ended;

it("shows a dry run, imports, and changes nothing the second time", async () => {
  const path = await temporaryFile("products.csv", Buffer.from(woo, "latin1"));
  const dry = await run(path);
  expect(dry).toMatchObject({ code: 0 });
  expect(dry.stdout).toContain(
    "Read as WooCommerce's export of products, by its columns Type, SKU",
  );
  expect(dry.stdout).toContain("read as Windows-1252");
  expect(dry.stdout).toContain("Left out\n  Categories");
  expect(dry.stdout).toContain("2 products to create, 0 to change, 0 unchanged.");
  expect((await service.send("GET", "/products/CAP")).status).toBe(404);
  const done = await run(path, "--yes");
  expect(done.stdout).toContain("2 products created, 0 changed, 0 unchanged.");
  expect((await service.send("GET", "/products/CAF%C3%89")).body).toMatchObject({
    name: "Café",
    unitsInStock: 9,
    stockAlertThreshold: 2,
    outOfStockThreshold: 0,
  });
  expect((await run(path, "--yes")).stdout).toContain("Nothing would change");
});

it("asks for a location by an error, and imports the one that is named", async () => {
  const path = await temporaryFile("products.csv", Buffer.from(sources));
  const refused = await run(path, "--yes");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(
    'line 1, source_code: The file has units at 2 locations: "north"',
  );
  expect((await run(path, "--yes", "--location", "south")).code).toBe(0);
  expect((await service.send("GET", "/stock/CAP")).body).toMatchObject({ unitsInStock: 3 });
});

it("refuses counts of what the store does not have, with the line of the file", async () => {
  const path = await temporaryFile(
    "products.csv",
    Buffer.from("source_code,sku,status,quantity\n\na,NONE,1,2\n"),
  );
  const refused = await run(path, "--yes");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('line 3, sku: There is no product or variant "NONE"');
});
