import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guard, readCell, writeOptions } from "../../../src/api/product-file/product-columns.ts";
import { rowsMax } from "../../../src/api/product-file/product-columns.ts";
import { readProductFile } from "../../../src/api/product-file/read-product-file.ts";

const rowsOf = (text: string) =>
  readProductFile(text).rows.map(({ cells }) => Object.fromEntries(cells));

const detailsOf = (text: string) =>
  readProductFile(text).faults.map(({ line, column, detail }) => `${line} ${column}: ${detail}`);

describe("a CSV file of products", () => {
  it("may have commas, semicolons or tabs, a byte order mark and any line ending", () => {
    const expected = [{ sku: "MUG", name: "Mug, red", unitsInStock: 4 }];
    expect(rowsOf('\u{FEFF}sku,name,unitsInStock\r\nMUG,"Mug, red",4\r\n')).toEqual(expected);
    expect(rowsOf("sku;name;unitsInStock\nMUG;Mug, red;4\n")).toEqual(expected);
    expect(rowsOf("sku\tname\tunitsInStock\nMUG\tMug, red\t4")).toEqual(expected);
  });

  it("may have the manual's words at its head", () => {
    expect(rowsOf("SKU,Units in Stock,Hide if out of stock\nMUG,4,yes")).toEqual([
      { sku: "MUG", unitsInStock: 4, hideIfOutOfStock: true },
    ]);
  });

  it("leaves out empty rows and tells an empty cell from a missing column", () => {
    expect(rowsOf("sku,name\n\n,\nMUG,\n")).toEqual([{ sku: "MUG", name: null }]);
  });

  it("is refused with its line and column where a cell can't be read", () => {
    expect(detailsOf("sku,unitsInStock,enabled\nA,1.5,true\nB,2,maybe\n,3,\n")).toEqual([
      '2 unitsInStock: Expected a whole number; got "1.5".',
      '3 enabled: Expected true or false; got "maybe".',
      "4 sku: Expected a SKU.",
    ]);
  });

  it("is refused where its head is not understood", () => {
    expect(detailsOf("name\nMug")).toEqual([
      "1 sku: Expected a head with a column sku, which says what each row is about.",
    ]);
    expect(detailsOf("sku,colour\nMUG,red")[0]).toContain('There is no column "colour"');
    expect(detailsOf("sku,name,Name\nMUG,a,b")).toEqual(["1 Name: Expected the column name once."]);
    expect(detailsOf("")[0]).toContain("Expected a head");
  });

  it("is refused where a quote is never closed, and says where", () => {
    expect(detailsOf('sku,name\nA,ok\nB,"open\n')[0]).toMatch(/^\d+ null: This is no CSV/);
  });

  it("has each SKU once, and at most so many rows", () => {
    expect(detailsOf("sku\nA\nB\nA")).toEqual([
      '4 sku: Expected each SKU once; "A" is in line 2 already.',
    ]);
    const many = Array.from({ length: rowsMax + 1 }, (_none, index) => `S${index}`).join("\n");
    expect(detailsOf(`sku\n${many}`)[0]).toContain(`Expected at most ${rowsMax} rows`);
  });

  it("has no product's settings in a variant's row", () => {
    expect(detailsOf("sku,variantOf,allowPreOrder\nA-1,A,true")).toEqual([
      "2 allowPreOrder: Expected an empty cell: variants have this from their product.",
    ]);
  });
});

describe("cells", () => {
  it("with any options are read as they were written", () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .filter((value) => value.trim() === value && value !== "__proto__");
    fc.assert(
      fc.property(fc.dictionary(text, text, { minKeys: 1, maxKeys: 4 }), (options) => {
        expect(readCell("options", guard(writeOptions(options)))).toEqual({
          ok: true,
          value: { ...options },
        });
      }),
    );
  });

  it("with any text are read as they were written, and never run as a formula", () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((value) => value.trim() === value);
    fc.assert(
      fc.property(text, (value) => {
        expect(guard(value)).not.toMatch(/^[=+\-@]/);
        expect(readCell("name", guard(value))).toEqual({ ok: true, value });
      }),
    );
    expect(guard("=HYPERLINK(1)")).toBe("'=HYPERLINK(1)");
  });
});
