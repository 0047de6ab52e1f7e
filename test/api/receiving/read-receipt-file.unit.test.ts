import { describe, expect, it } from "vitest";
import { readReceiptFile } from "../../../src/api/receiving/read-receipt-file.ts";
import { Problem } from "../../../src/api/http/problem.ts";

/** The faults of a file, each with its line. */
function faultsOf(text: string): readonly string[] {
  try {
    readReceiptFile(text);
  } catch (error) {
    if (error instanceof Problem) return error.errors.map(({ detail }) => detail);
    throw error;
  }
  return [];
}

describe("the CSV file of a receipt", () => {
  const expected = [
    { sku: "MUG", units: 4, fileLine: 2 },
    { sku: "TEA, green", units: 1_200, fileLine: 3 },
  ];

  it.each([
    ["commas", 'sku,units\r\nMUG,4\r\n"TEA, green",1200\r\n'],
    ["semicolons, other case and another order", "Units;SKU\n4;MUG\n1 200;TEA, green\n"],
    ["tabs, a byte order mark and blanks", "\u{FEFF}sku\tunits\n MUG\t 4\nTEA, green\t1200.0"],
    ["an empty column and empty rows at the end", 'sku,units,\nMUG,4,\n"TEA, green",1200,\n,,\n'],
  ])("is read with %s", (_what, text) => {
    expect(readReceiptFile(text)).toEqual(expected);
  });

  it("may have an SKU twice, and one that a spreadsheet would run", () => {
    expect(readReceiptFile("sku,units\nA,1\nA,2\n'=B,3\n")).toEqual([
      { sku: "A", units: 1, fileLine: 2 },
      { sku: "A", units: 2, fileLine: 3 },
      { sku: "=B", units: 3, fileLine: 4 },
    ]);
  });

  it("is refused with all its faults by line", () => {
    const text = "sku,units\nA,1.5\n,2\nB,0\nC,1,000\nD,\nE,-3\nF,1.000\nG,4\n";
    expect(faultsOf(text)).toEqual([
      'Line 2, units: Expected a whole number; got "1.5", which is not whole.',
      "Line 3, sku: Expected a SKU; got nothing.",
      'Line 4, units: Expected a whole number from 1 to 1,000,000,000; got "0".',
      expect.stringMatching(/^Line 5: Expected 2 cells, as in the header; got 3/),
      "Line 6, units: Expected a whole number; got nothing.",
      'Line 7, units: Expected a whole number from 1 to 1,000,000,000; got "-3".',
      expect.stringMatching(/^Line 8, units: .*in some countries/),
    ]);
  });

  it.each([
    ["", /^Line 1: Expected a header with the columns sku and units/],
    ["sku,units\n", /^Line 1: Expected a header with the columns sku and units/],
    ["MUG,4\n", /^Line 1, sku: Expected a header with the column sku once; it is there not/],
    ["sku,units,sku\nA,1,B", /^Line 1, sku: .* it is there 2 times/],
    ["sku,units,price\nA,1,2", /^Line 1, price: There is no column "price"/],
    ["sku,units,\nA,1,2", /^Line 2: Expected nothing in a column without a heading; got "2"/],
    ["sku,units\nA\0B,1", /^Line 2: Expected text; this line has a NUL/],
  ])("%j is refused in words", (text, words) => {
    expect(faultsOf(text)[0]).toMatch(words);
  });

  it("is refused where it has more than a thousand rows, at the first that is too many", () => {
    const rows = (count: number) => `sku,units\n${"A,1\n".repeat(count)}`;
    expect(faultsOf(rows(1_000))).toEqual([]);
    expect(faultsOf(rows(1_003))).toEqual([
      expect.stringMatching(/^Line 1002: Expected at most 1,000 rows/),
    ]);
  });
});
