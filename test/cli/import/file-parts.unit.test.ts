// A part of a file is read as the whole file is.

import { describe, expect, it } from "vitest";
import { readProductFile } from "../../../src/api/product-file/read-product-file.ts";
import { partsOf } from "../../../src/cli/import/file-parts.ts";
import { atOnce } from "../../support/at-once.ts";

const shopify = `Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty
${Array.from({ length: 30 }, (_none, index) => `tee-${index},Tee,"<p>one\r\ntwo ""three""</p>",Size,S,T-${index}-S,4\ntee-${index},,,,M,T-${index}-M,5\n`).join("")}`;

describe("the parts of a file", () => {
  it.each([1, 7, 1_000])("have together all rows, each product in one: at most %i rows", (max) => {
    const whole = atOnce(readProductFile(shopify));
    const records = new Map(whole.sheet.rows.map(({ line, cells }) => [line, cells]));
    const limits = { rows: max, characters: 100_000 };
    const parts = partsOf(whole.rows, whole.sheet.head, records, limits);
    const read = parts.map(({ csv }) => atOnce(readProductFile(csv, { format: "shopify" })));
    expect(read.flatMap(({ faults }) => faults.first)).toEqual([]);
    expect(read.flatMap(({ rows }) => rows.map(({ cells }) => cells))).toEqual(
      whole.rows.map(({ cells }) => cells),
    );
    const lines = read.flatMap(({ rows }, part) =>
      rows.map(({ line }) => parts[part]?.lines[line]),
    );
    expect(lines).toEqual(whole.rows.map(({ line }) => line));
  });
});
