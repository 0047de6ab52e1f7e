// What is exported can be imported: into the store that it is from without changing anything, and into a store that
// has none of it so that it has all of it.

import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { importReportSchema } from "../../../src/contract/product-file.ts";
import {
  anyDays,
  anyOptions,
  anyText,
  anyThreshold,
  anyUnits,
} from "../../domain/support/arbitrary-product.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { startTestService, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ roles: ["api"] });
  const books = { name: "Books", hasInventory: true, hasVariants: false };
  expect((await service.send("PUT", "/product-types/books", books)).status).toBe(201);
});

afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

beforeEach(emptyTheStore);

const listed = z.object({ data: z.array(z.object({ sku: z.string() })) });
const address = (sku: string) => `/products/${encodeURIComponent(sku)}`;
const put = async (sku: string, body: object) => {
  const reply = await service.send("PUT", address(sku), body);
  expect(reply.body).toMatchObject({ sku });
};
const importCsv = (csv: string, dryRun = false) =>
  service.send("POST", `/product-import?dryRun=${dryRun}`, { csv });
const dryRun = async (csv: string) => importReportSchema.parse((await importCsv(csv, true)).body);

async function exportCsv(): Promise<string> {
  const response = await fetch(`${service.url}/api/v1/product-export`, {
    headers: { authorization: `Bearer ${testAccess.apiKey}` },
  });
  return response.text();
}

async function emptyTheStore(): Promise<void> {
  const { data } = listed.parse((await service.send("GET", "/products?limit=100")).body);
  for (const { sku } of data) await service.send("DELETE", address(sku));
}

const variant = fc.record(
  {
    name: anyText,
    options: anyOptions,
    enabled: fc.boolean(),
    unitsInStock: fc.option(anyUnits, { nil: null }),
    stockAlertThreshold: anyThreshold,
    outOfStockThreshold: anyThreshold,
    leadDays: anyDays,
    packSize: anyDays,
  },
  { requiredKeys: ["name"] },
);
const flags = {
  enabled: fc.boolean(),
  hideIfOutOfStock: fc.boolean(),
  allowPreOrder: fc.boolean(),
  outOfStockThreshold: anyThreshold,
  stockAlertThreshold: anyThreshold,
  leadDays: anyDays,
  packSize: anyDays,
};
const goods = fc.record({
  ...flags,
  name: anyText,
  unitsInStock: anyUnits,
  allowNegativeStock: fc.constant(true),
  variants: fc.array(variant, { maxLength: 3 }),
});
const others = fc.oneof(
  fc.record({ ...flags, name: anyText, type: fc.constant("books"), unitsInStock: fc.nat(9) }),
  fc.record({ name: anyText, type: fc.constant("service"), enabled: fc.boolean() }),
  fc.record({ name: anyText, trackInventory: fc.constant(false) }),
);

describe("an export", () => {
  it("of any products creates them all where there are none, and changes nothing after that", async () => {
    const catalogue = fc.array(fc.tuple(anyText, fc.oneof(goods, others)), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(catalogue, async (products) => {
        await emptyTheStore();
        for (const [index, [sku, body]] of products.entries()) {
          const own = `${sku}-${index}`;
          const variants = "variants" in body ? body.variants : [];
          const named = variants.map((fields, place) => ({ ...fields, sku: `${own}-${place}` }));
          await put(own, { ...body, ...(named.length === 0 ? {} : { variants: named }) });
        }
        const exported = await exportCsv();
        expect(await dryRun(exported)).toMatchObject({ products: [], faults: [] });

        await emptyTheStore();
        const reply = await importCsv(exported);
        expect(reply.body).toMatchObject({ created: products.length, updated: 0 });
        expect(await exportCsv()).toBe(exported);
        expect(await dryRun(exported)).toMatchObject({ products: [], faults: [] });
      }),
      { numRuns: 10 },
    );
  });

  it("of a version without lead times and pack sizes keeps those that there are", async () => {
    await put("CUP", { name: "Cup", unitsInStock: 3, leadDays: 21, packSize: 12 });
    const old = "sku,name,unitsInStock,stockAlertThreshold\r\nCUP,Cup,3,\r\n";
    expect(await dryRun(old)).toMatchObject({ products: [], faults: [] });
    const emptied = await importCsv("sku,leadDays,packSize\r\nCUP,,\r\n");
    expect(emptied.body).toMatchObject({ updated: 1, faults: [] });
    expect((await service.send("GET", "/products/CUP")).body).toMatchObject({
      leadDays: null,
      packSize: null,
    });
    const { faults } = await dryRun("sku,leadDays,packSize\r\nCUP,-1,0\r\n");
    expect(faults.map(({ column }) => column)).toEqual(["leadDays", "packSize"]);
  });

  it("with a type that the store does not have is refused, and says which types there are", async () => {
    const csv = "sku,name,type,unitsInStock\nA,Mug,toys,1\n";
    const { faults } = await dryRun(csv);
    expect(faults).toEqual([
      {
        line: 2,
        column: "type",
        detail:
          'There is no product type "toys" in this store; there are: books, downloadable, goods, service. Change the cell, or create the type first, under Settings, Product types.',
      },
    ]);
  });
});

describe("a row that was copied in the spreadsheet", () => {
  const shirt = {
    name: "Shirt",
    unitsInStock: 300,
    variants: [{ sku: "SHIRT-S", name: "S", unitsInStock: 7 }, { sku: "SHIRT-M" }],
  };

  it("makes a variant with a count of its own, the copied one or another", async () => {
    for (const [sku, written, count] of [
      ["SHIRT-L", "7,7", 7],
      ["SHIRT-X", "9,7", 9],
    ] as const) {
      await put("SHIRT", shirt);
      const rows = (await exportCsv()).split("\r\n");
      const row = rows.find((one) => one.startsWith("SHIRT-S")) ?? "";
      const copied = row.replace("SHIRT-S", sku).replace("7,7", written);
      const csv = [rows[0], copied].join("\r\n");
      expect((await dryRun(csv)).faults).toEqual([]);
      expect((await importCsv(csv)).body).toMatchObject({
        updated: 1,
        products: [{ refusal: null }],
      });
      expect((await service.send("GET", `/stock/${sku}`)).body).toMatchObject({
        unitsInStock: count,
        holder: { kind: "variant", sku },
      });
    }
  });

  it("and keeps its SKU is told with both lines", async () => {
    await put("SHIRT", shirt);
    const rows = (await exportCsv()).trimEnd().split("\r\n");
    const copied = rows.find((one) => one.startsWith("SHIRT-S"));
    const { faults } = await dryRun([...rows, copied].join("\r\n"));
    expect(faults).toEqual([
      {
        line: 5,
        column: "sku",
        detail:
          'Expected each SKU once; "SHIRT-S" is in line 3 already. Remove one of the rows, or give one another SKU.',
      },
    ]);
  });
});

describe("text that can't be stored", () => {
  it("is refused with its line, before anything is looked up", async () => {
    for (const csv of ["sku,name\nA\0,Mug\n", "sku,name\r\nA,Mug \uD83D\r\n"]) {
      for (const dry of [true, false]) {
        const reply = await importCsv(csv, dry);
        expect(reply.status).toBe(422);
        expect(JSON.stringify(reply.body)).toContain("line 2 has a character that can't be stored");
      }
    }
  });
});
