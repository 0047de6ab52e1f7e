import { describe, expect, it } from "vitest";
import { readProductFile } from "../../../src/api/product-file/read-product-file.ts";
import { atOnce } from "../../support/at-once.ts";
import { rowsMax } from "../../../src/contract/product-file.ts";

const rowsOf = (text: string) =>
  atOnce(readProductFile(text)).rows.map(({ cells }) => Object.fromEntries(cells));

const detailsOf = (text: string) =>
  atOnce(readProductFile(text)).faults.first.map(
    ({ line, column, detail }) => `${line} ${column}: ${detail}`,
  );

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

  it("may have the old form of the out-of-stock threshold, in which true is 0 and false is none", () => {
    const rows = rowsOf("sku,Sell below threshold\nA,true\nB,no\nC,\n");
    expect(rows).toEqual([
      { sku: "A", outOfStockThreshold: 0 },
      { sku: "B", outOfStockThreshold: null },
      { sku: "C" },
    ]);
    expect(rowsOf("sku,Out-of-Stock Threshold\nA,4")).toEqual([
      { sku: "A", outOfStockThreshold: 4 },
    ]);
    expect(detailsOf("sku,sellBelowThreshold\nA,3")).toEqual([
      '2 outOfStockThreshold: Expected true or false; got "3".',
    ]);
    const both = "This is the old form of the column outOfStockThreshold, which the file has too.";
    for (const head of [
      "sku,outOfStockThreshold,sellBelowThreshold",
      "sku,sellBelowThreshold,outOfStockThreshold",
    ]) {
      expect(detailsOf(`${head}\nA,,`)).toHaveLength(1);
    }
    expect(detailsOf("sku,outOfStockThreshold,sellBelowThreshold\nA,,")[0]).toContain(both);
  });

  it("leaves out empty rows and tells an empty cell from a missing column", () => {
    expect(rowsOf("sku,name\n\n,\nMUG,\n")).toEqual([{ sku: "MUG", name: null }]);
  });

  it("is refused with its line and column where a cell can't be read", () => {
    expect(detailsOf("sku,unitsInStock,enabled\nA,1.5,true\nB,2,maybe\n,3,\n")).toEqual([
      '2 unitsInStock: Expected a whole number; got "1.5", which is not whole.',
      '3 enabled: Expected true or false; got "maybe".',
      "4 sku: Expected a SKU.",
    ]);
  });

  it("is refused where its head is not understood", () => {
    expect(detailsOf("name\nMug")).toEqual([
      "1 sku: Expected a header with a column sku, which says what each row is about.",
    ]);
    expect(detailsOf("sku,colour\nMUG,red")[0]).toContain('There is no column "colour"');
    expect(detailsOf("sku,name,Name\nMUG,a,b")).toEqual(["1 Name: Expected the column name once."]);
    expect(detailsOf("")[0]).toContain("Expected a header");
  });

  it("is read up to its end where lines are no rows, and each is told with its line", () => {
    const text =
      'sku,name,unitsInStock\nA,5" pan,1\nB,Mug,1,234\nC,"open,3\nD,Mug,4\nsku,name,unitsInStock\nE\n';
    const details = detailsOf(text);
    expect(details.map((detail) => detail.split(":")[0])).toEqual([
      "2 null",
      "3 null",
      "4 null",
      "6 null",
      "7 null",
    ]);
    expect(details[0]).toContain('Write it as "5"" pan".');
    expect(rowsOf(text)).toEqual([{ sku: "D", name: "Mug", unitsInStock: 4 }]);
  });

  it("sets whole numbers that have one meaning, and is refused with those that have two", () => {
    const counts = rowsOf("sku;unitsInStock\nA;5.0000\nB;1.234.567\nC; 7 \nD;+8\nE;9,00\n");
    expect(counts.map(({ unitsInStock }) => unitsInStock)).toEqual([5, 1_234_567, 7, 8, 9]);
    for (const cell of ["1,234", "1.000", "1e3", "12.5", "5 pcs"]) {
      expect(detailsOf(`sku;unitsInStock\nA;${cell}\n`)[0]).toContain(
        `2 unitsInStock: Expected a whole number; got "${cell}"`,
      );
    }
  });

  it("may have words and headings that mean something else to JavaScript, which are refused", () => {
    expect(detailsOf("sku,enabled\nA,constructor\nB,__proto__")).toEqual([
      '2 enabled: Expected true or false; got "constructor".',
      '3 enabled: Expected true or false; got "__proto__".',
    ]);
    expect(detailsOf("sku,__proto__,constructor\nA,1,2")).toHaveLength(2);
    expect(detailsOf("sku,options\nA,__proto__=red\nB,a=1; a=2")).toEqual([
      "2 options: Expected another name; __proto__ is reserved.",
      '3 options: Expected each option once; got "a" twice.',
    ]);
  });

  it("has SKUs that can be looked up", () => {
    expect(detailsOf(`sku,variantOf\n${"x".repeat(65)},\nA,..\n`)).toEqual([
      `2 sku: The SKU: expected 1 to 64 characters; got "${"x".repeat(60)}…".`,
      '3 variantOf: The SKU: expected more than one or two dots; got "..".',
    ]);
  });

  it("has no cell that nobody reads", () => {
    expect(detailsOf("sku,,name\nA,,Mug\nB,lost,Mug")).toEqual([
      '3 null: Expected nothing in a column without a heading; got "lost".',
    ]);
  });

  it("has each SKU once, and at most so many rows", () => {
    expect(detailsOf("sku\nA\nB\nA")[0]).toContain(
      '4 sku: Expected each SKU once; "A" is in line 2 already.',
    );
    const many = Array.from({ length: rowsMax + 1 }, (_none, index) => `S${index}`).join("\n");
    expect(detailsOf(`sku\n${many}`)[0]).toContain(`Expected at most ${rowsMax} rows`);
  });

  it("is refused before its columns are looked at if there are too many, or its head is too long", () => {
    expect(detailsOf(`${"x,".repeat(64)}sku\nA`)).toEqual([
      "1 null: Expected a header of at most 64 columns; got 65.",
    ]);
    expect(detailsOf(`sku,${"x,".repeat(1_500_000)}\nA`)).toEqual([
      "1 null: Expected a row of at most 500,000 characters; this one is longer.",
    ]);
  });

  it("is told of with at most a hundred faults, of how many", () => {
    const rows = Array.from({ length: 150 }, (_none, index) => `S${index},x,y`).join("\n");
    const { faults } = atOnce(readProductFile(`sku,unitsInStock,enabled\n${rows}`));
    expect(faults.first).toHaveLength(100);
    expect(faults.count).toBe(300);
  });

  it("has no product's settings in a variant's row", () => {
    expect(detailsOf("sku,variantOf,allowPreOrder\nA-1,A,true")).toEqual([
      "2 allowPreOrder: Expected an empty cell: variants have this from their product.",
    ]);
  });
});
