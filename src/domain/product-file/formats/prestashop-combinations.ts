// PrestaShop's file of combinations, which are the variants of products.

import { quoted } from "../../quoted.ts";
import type { FileRow } from "../product-file.ts";
import { findColumns, visibleName } from "./columns.ts";
import type { FileKind, KnownColumn, MappedRows, Sheet } from "./format.ts";
import { lowStock, lowStockWords, productRow } from "./product-row.ts";

const known = {
  product: { names: ["Product Reference"], becomes: "variantOf" },
  attributes: { names: ["Attribute (Name:Type:Position)"], becomes: "options" },
  values: { names: ["Value (Value:Position)"], becomes: "options, name of the variant" },
  sku: { names: ["Reference", "Reference #"], becomes: "sku" },
  units: { names: ["Quantity"], becomes: "unitsInStock" },
  low: { names: ["Low stock level"], becomes: lowStockWords },
} as const satisfies Record<string, KnownColumn>;

/** The file of combinations. */
export const prestaShopCombinations: FileKind = {
  format: "prestashop",
  title: "PrestaShop's file of combinations",
  marks: [known.attributes.names, known.values.names],
  updatesOnly: false,
  *map(sheet: Sheet): Generator<undefined, MappedRows> {
    const columns = findColumns(sheet, known);
    const rows: FileRow[] = [];
    for (const row of sheet.rows) {
      const [sku, product] = [columns.text(row, "sku"), columns.text(row, "product")];
      if (sku === "") {
        const detail =
          "Expected a reference of the combination, which becomes the SKU. Give it one in PrestaShop, and export again.";
        columns.fault(row, "sku", detail);
      }
      if (product === "") {
        const detail =
          "Expected the reference of the product: its number in PrestaShop names no product of Tallyman.";
        columns.fault(row, "product", detail);
      }
      const names = partsOf(columns.text(row, "attributes"));
      const values = partsOf(columns.text(row, "values"));
      if (names.length !== values.length) {
        const detail = `Expected a value for each attribute, ${names.length} in all; got ${quoted(columns.text(row, "values"))}.`;
        columns.fault(row, "values", detail);
      }
      const options = Object.fromEntries(
        names.flatMap((name, index) => {
          const value = values[index] ?? "";
          return name === "" || value === "" ? [] : [[name, value] as const];
        }),
      );
      const name = values.filter((value) => value !== "").join(", ");
      rows.push(
        productRow([row.line], sku, product, {
          name: name === "" ? undefined : name,
          options,
          unitsInStock: columns.units(row, "units") ?? undefined,
          ...lowStock(columns.units(row, "low")),
        }),
      );
      yield;
    }
    return columns.mapped(rows);
  },
};

/** The names in `Colour:color:0, Size:select:1`: what is before each part's first colon. */
function partsOf(text: string): readonly string[] {
  return text === ""
    ? []
    : text.split(",").map((part) => visibleName(part.split(":")[0]?.trim() ?? ""));
}
