import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { importReportSchema } from "../../../src/contract/product-file.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { startTestService, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ roles: ["api"] });
});

afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

const put = (sku: string, body: object) => service.send("PUT", `/products/${sku}`, body);
const importCsv = (csv: string, dryRun = false) =>
  service.send("POST", `/product-import?dryRun=${dryRun}`, { csv });
const dryRun = async (csv: string) => importReportSchema.parse((await importCsv(csv, true)).body);
const read = async (sku: string) => (await service.send("GET", `/products/${sku}`)).body;

async function exportCsv(): Promise<string> {
  const response = await fetch(`${service.url}/api/v1/product-export`, {
    headers: { authorization: `Bearer ${testAccess.apiKey}` },
  });
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="products-/);
  return response.text();
}

const movementsOf = async (sku: string) =>
  z
    .object({ data: z.array(z.object({ kind: z.string(), change: z.int() })) })
    .parse((await service.send("GET", `/stock/${sku}/movements`)).body).data;

describe("an export", () => {
  it("is read back without changing anything", async () => {
    await put("ROUND-1", { name: '=Tricky, "quoted"', unitsInStock: 5, stockAlertThreshold: 2 });
    await put("ROUND-2", {
      name: "Shirt",
      unitsInStock: 9,
      allowPreOrder: true,
      variants: [
        { sku: "ROUND-2-R", options: { colour: "red; or so", size: "M=L" }, unitsInStock: 3 },
        { sku: "ROUND-2-B", options: { colour: "blue" }, enabled: false },
      ],
    });
    await put("ROUND-3", { name: "Gift wrapping", type: "service" });
    const text = await exportCsv();
    expect(text).toContain("'=Tricky");
    const report = await dryRun(text);
    expect(report).toMatchObject({ created: 0, updated: 0, products: [], faults: [] });
    expect(report.unchanged).toBeGreaterThanOrEqual(3);
  });

  it("that is old never puts a count back: only an edited count is set, and only if it still holds", async () => {
    await put("SOLD", { name: "Sold", unitsInStock: 10 });
    const text = await exportCsv();
    await service.send("POST", "/stock/SOLD/adjustments", { delta: -4 });

    const untouched = await dryRun(text);
    expect(untouched.products.filter(({ sku }) => sku === "SOLD")).toEqual([]);

    const edited = text.replace(/^(SOLD,.*?),10,10,/mu, "$1,12,10,");
    expect(edited).not.toBe(text);
    const { faults } = await dryRun(edited);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({
      column: "unitsInStock",
      detail: "The file expects 10 units; there are 6 now. Export again, or correct both cells.",
    });
  });
});

describe("a dry run", () => {
  it("shows every difference and saves nothing", async () => {
    await put("DRY", { name: "Dry", unitsInStock: 7, stockAlertThreshold: 2 });
    const csv = [
      "sku,name,unitsInStock,stockAlertThreshold,allowPreOrder",
      "DRY,Dry goods,9,,true",
      "DRY-NEW,New,3,1,",
    ].join("\n");
    const report = await dryRun(csv);
    expect(report).toMatchObject({ dryRun: true, created: 1, updated: 1, unchanged: 0 });
    expect(report.products).toEqual([
      {
        sku: "DRY",
        name: "Dry goods",
        action: "update",
        refusal: null,
        differences: [
          { sku: "DRY", field: "name", from: "Dry", to: "Dry goods" },
          { sku: "DRY", field: "unitsInStock", from: "7", to: "9" },
          { sku: "DRY", field: "stockAlertThreshold", from: "2", to: null },
          { sku: "DRY", field: "allowPreOrder", from: "false", to: "true" },
        ],
      },
      {
        sku: "DRY-NEW",
        name: "New",
        action: "create",
        refusal: null,
        differences: [
          { sku: "DRY-NEW", field: "name", from: null, to: "New" },
          { sku: "DRY-NEW", field: "unitsInStock", from: null, to: "3" },
          { sku: "DRY-NEW", field: "stockAlertThreshold", from: null, to: "1" },
        ],
      },
    ]);
    expect(await read("DRY")).toMatchObject({ name: "Dry", unitsInStock: 7, version: 1 });
    expect((await service.send("GET", "/products/DRY-NEW")).status).toBe(404);
  });

  it("names what saving would refuse, with line and column", async () => {
    await put("KNOWN", { name: "Known", unitsInStock: 1, variants: [{ sku: "KNOWN-V" }] });
    const csv = [
      "sku,variantOf,name,type,trackInventory,unitsInStock",
      "F-1,,,,,5",
      "F-2,,Two,nonsense,,5",
      "F-3,,Three,service,true,",
      "F-4,,Four,goods,,",
      "F-5,NOWHERE,Five,,,",
      "KNOWN-V,F-4,V,,,",
      "KNOWN,,Known,,,-3",
    ].join("\n");
    const { faults } = await dryRun(csv);
    expect(faults.map(({ line, column }) => `${line} ${column}`)).toEqual([
      "2 name",
      "3 type",
      "4 trackInventory",
      "5 unitsInStock",
      "6 variantOf",
      "7 variantOf",
      "8 unitsInStock",
    ]);
    const refused = await importCsv(csv);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({
          pointer: "/csv",
          detail: expect.stringContaining("Line 3, type"),
        }),
      ]),
    });
    expect((await service.send("GET", "/products/F-1")).status).toBe(404);
  });
});

describe("an import", () => {
  it("creates and changes products and variants, and the ledger says that it was an import", async () => {
    await put("IMP", {
      name: "Imp",
      unitsInStock: 20,
      variants: [{ sku: "IMP-A", unitsInStock: 4 }, { sku: "IMP-B" }],
    });
    const csv = [
      "sku,variantOf,name,unitsInStock,options",
      "IMP,,Imp,25,",
      "IMP-A,IMP,A,,",
      "IMP-C,IMP,C,6,colour=green",
      "IMP-NEW,,New,3,",
    ].join("\n");
    const { status, body } = await importCsv(csv);
    expect(status).toBe(200);
    expect(body).toMatchObject({ dryRun: false, created: 1, updated: 1 });
    expect(await read("IMP")).toMatchObject({
      unitsInStock: 25,
      variants: [
        { sku: "IMP-A", name: "A", unitsInStock: null },
        { sku: "IMP-B", unitsInStock: null },
        { sku: "IMP-C", name: "C", unitsInStock: 6, options: { colour: "green" } },
      ],
    });
    expect(await movementsOf("IMP")).toEqual([
      { kind: "import", change: 5 },
      { kind: "adjustment", change: 20 },
    ]);
    expect(await movementsOf("IMP-NEW")).toEqual([{ kind: "import", change: 3 }]);
    expect(await dryRun(csv)).toMatchObject({ updated: 0, created: 0, unchanged: 2 });
  });

  it("counts variants by their SKU alone, as a list from the shelf does", async () => {
    await put("SHELF", { name: "Shelf", unitsInStock: 0, variants: [{ sku: "SHELF-1" }] });
    await importCsv("sku,unitsInStock\nSHELF-1,8\n");
    expect(await read("SHELF")).toMatchObject({ variants: [{ sku: "SHELF-1", unitsInStock: 8 }] });
  });

  it("keeps the settings of a product whose stock is not tracked", async () => {
    await put("KEEP", { name: "Keep", unitsInStock: 1, stockAlertThreshold: 4 });
    await service.send("PATCH", "/products/KEEP", { trackInventory: false });
    await importCsv("sku,name,stockAlertThreshold\nKEEP,Kept,\n");
    await service.send("PATCH", "/products/KEEP", { trackInventory: true });
    expect(await read("KEEP")).toMatchObject({ name: "Kept", stockAlertThreshold: 4 });
  });

  it("tracks no stock that the file says is not tracked, also if the new type would have it tracked", async () => {
    const type = { name: "Digital", hasInventory: true, hasVariants: false };
    await service.send("PUT", "/product-types/digital", type);
    await put("MOVED", { name: "Moved", type: "digital", unitsInStock: 3 });
    await service.send("PUT", "/product-types/digital", { ...type, hasInventory: false });
    const csv = "sku,type,trackInventory\nMOVED,goods,false\n";
    expect((await importCsv(csv)).body).toMatchObject({ updated: 1, faults: [] });
    expect(await read("MOVED")).toMatchObject({ type: "goods", trackInventory: false });
    expect(await dryRun(csv)).toMatchObject({ updated: 0, unchanged: 1 });
  });

  it("needs the permission to write the catalogue", async () => {
    const { body } = await service.send("POST", "/api-keys", {
      name: "reader",
      scopes: ["catalogue:read"],
    });
    const { key } = z.object({ key: z.string() }).parse(body);
    const headers = { authorization: `Bearer ${key}` };
    const csv = "sku\nX";
    const refused = await service.send("POST", "/product-import", { csv }, headers);
    expect(refused.status).toBe(403);
  });
});
