// What an import plans: which edit a product's rows come to, and where in the file it is said what is wrong.

import { describe, expect, it, test } from "vitest";
import type { StoredProduct } from "../../../src/domain/catalogue/product.ts";
import { faultsMax } from "../../../src/domain/product-file/fault-list.ts";
import { type ImportPlan, planImport } from "../../../src/domain/product-file/plan-import.ts";
import type { CellValue, ColumnName } from "../../../src/domain/product-file/product-columns.ts";
import { atOnce } from "../../support/at-once.ts";
import { productTypes } from "../support/arbitrary-product.ts";

type Cells = Partial<Record<ColumnName, CellValue>>;
type Row = readonly [sku: string, cells: Cells, variantOf?: string];

const isCell = (cell: readonly [string, CellValue]): cell is [ColumnName, CellValue] =>
  cell[0] !== "";

/** The plan of a file whose first row is in line 2. */
function plan(
  rows: readonly Row[],
  stored: readonly StoredProduct[] = [],
  faulty: readonly string[] = [],
): ImportPlan {
  const file = {
    rows: rows.map(([sku, cells, variantOf = null], index) => ({
      line: index + 2,
      sku,
      variantOf,
      cells: new Map(Object.entries(cells).filter(isCell)),
    })),
    faulty: new Set(faulty),
    faults: { first: [], count: 0 },
  };
  const findSchemaFaults = () => [];
  return atOnce(planImport(file, { stored, types: productTypes, findSchemaFaults }));
}

const shirt: StoredProduct = {
  id: 1,
  sku: "SHIRT",
  name: "Shirt",
  type: "goods",
  enabled: true,
  trackInventory: true,
  tracked: true,
  units: 9,
  stockAlertThreshold: 2,
  hideIfOutOfStock: false,
  allowPreOrder: false,
  allowNegativeStock: false,
  outOfStockThreshold: null,
  leadDays: null,
  packSize: null,
  version: 4,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  variants: ["S", "M"].map((size) => ({
    sku: size,
    name: size,
    options: { size },
    enabled: true,
    ownStock: size === "S",
    units: 5,
    stockAlertThreshold: null,
    outOfStockThreshold: null,
    leadDays: null,
    packSize: null,
    threshold: 2,
    effectiveOutOfStockThreshold: null,
  })),
};

describe("the edit of a stored product", () => {
  test.each<[string, readonly Row[], object]>([
    ["is nothing if its rows say what is so", [["SHIRT", { name: "Shirt", unitsInStock: 9 }]], {}],
    [
      "has what its row says otherwise",
      [["SHIRT", { name: "Tee", enabled: true }]],
      { name: "Tee" },
    ],
    ["keeps what a cell leaves empty", [["SHIRT", { name: null, unitsInStock: null }]], {}],
    [
      "has no threshold if its cell is empty",
      [["SHIRT", { stockAlertThreshold: null }]],
      { stockAlertThreshold: null },
    ],
    [
      "sets a count with the one that the file was written with",
      [["SHIRT", { unitsInStock: 7, expectedUnits: 9 }]],
      { unitsInStock: 7, expectedUnits: 9 },
    ],
    [
      "sets no count that nobody changed in the file",
      [["SHIRT", { unitsInStock: 7, expectedUnits: 7 }]],
      {},
    ],
    [
      "names the variants that the file leaves out, so that they stay",
      [["M", { unitsInStock: 3 }]],
      { variants: [{ sku: "S" }, { sku: "M", unitsInStock: 3 }] },
    ],
    [
      "takes a variant's own count away if its cell is empty",
      [["S", { unitsInStock: null }]],
      { variants: [{ sku: "S", unitsInStock: null }, { sku: "M" }] },
    ],
    [
      "gets a new variant at the end of its list",
      [["L", { name: "Large" }, "SHIRT"]],
      { variants: [{ sku: "S" }, { sku: "M" }, { sku: "L", name: "Large" }] },
    ],
    [
      "changes a variant's options without its stock, in any order",
      [["S", { options: { fit: "slim", size: "S" } }]],
      { variants: [{ sku: "S", options: { fit: "slim", size: "S" } }, { sku: "M" }] },
    ],
  ])("%s", (_says, rows, edit) => {
    const { products, faults } = plan(rows, [shirt]);
    expect(products.map((product) => product.edit)).toEqual([edit]);
    expect(products[0]?.action).toBe(Object.keys(edit).length === 0 ? "none" : "update");
    expect(faults.count).toBe(0);
  });
});

describe("what is wrong is told at the line and column", () => {
  test.each<[string, readonly Row[], readonly string[]]>([
    [
      "of a count that moved",
      [["SHIRT", { unitsInStock: 7, expectedUnits: 8 }]],
      ["2 unitsInStock"],
    ],
    [
      "of a variant's count that moved",
      [
        ["SHIRT", {}],
        ["S", { unitsInStock: 7, expectedUnits: 8 }],
      ],
      ["3 unitsInStock"],
    ],
    ["of a count below zero", [["S", { unitsInStock: -1 }]], ["2 unitsInStock"]],
    ["of a type that there is not", [["SHIRT", { type: "toys" }]], ["2 type"]],
    ["of a count that a new product lacks", [["CUP", { name: "Cup" }]], ["2 unitsInStock"]],
    ["of a variant of nothing", [["C-1", { name: "Red" }, "CUP"]], ["2 variantOf"]],
    ["of a variant of itself", [["C-1", {}, "C-1"]], ["2 variantOf"]],
    ["of a product that is called a variant", [["SHIRT", {}, "CUP"]], ["2 variantOf"]],
    ["of a variant of another product", [["S", {}, "CUP"]], ["2 variantOf"]],
    [
      "of a variant that its product's type can't have",
      [
        ["SHIRT", { type: "books" }],
        ["S", { name: "Small" }],
      ],
      ["3 variantOf"],
    ],
  ])("%s", (_says, rows, places) => {
    const { faults } = plan(rows, [shirt]);
    expect(faults.first.map(({ line, column }) => `${line} ${column}`)).toEqual(places);
  });
});

it("does not tell what refers to a row that has a fault itself", () => {
  const rows: readonly Row[] = [
    ["A-1", { name: "Red" }, "A"],
    ["C-1", { name: "Red" }, "C"],
  ];
  const { faults } = plan(rows, [], ["A"]);
  expect(faults.first.map(({ line, column }) => `${line} ${column}`)).toEqual(["3 variantOf"]);
});

it("tells a hundred of many faults, and how many there are", () => {
  const rows = Array.from({ length: 150 }, (_none, index): Row => [`S-${index}`, { name: "Mug" }]);
  const { faults } = plan(rows);
  expect(faults.first).toHaveLength(faultsMax);
  expect(faults.count).toBe(150);
});
