// PrestaShop's files of products: the columns of its import (Advanced Parameters, Import), which export modules write
// too, and the export of its list of products.

import type { FileRow } from "../product-file.ts";
import { findColumns, visibleName } from "./columns.ts";
import type { FileKind, KnownColumn, MappedRows, Sheet } from "./format.ts";
import { lowStock, lowStockWords, productRow } from "./product-row.ts";

const known = {
  active: { names: ["Active (0/1)", "Active", "Status"], becomes: "enabled: true if 1" },
  name: { names: ["Name *", "Name"], becomes: "name" },
  sku: { names: ["Reference #", "Reference"], becomes: "sku" },
  units: { names: ["Quantity"], becomes: "unitsInStock" },
  low: { names: ["Low stock level"], becomes: lowStockWords },
  backorders: {
    names: ["Out of stock action", "When out of stock", "Out of stock"],
    becomes: "allowNegativeStock: true if 1, unchanged if 2, which is the shop's default",
  },
} as const satisfies Record<string, KnownColumn>;

const activeWords = { "1": true, "0": false, enabled: true, disabled: false };
const backorderWords = { "0": "no", "1": "yes", "2": "default" } as const;

/** The file of products. */
export const prestaShopProducts: FileKind = {
  format: "prestashop",
  title: "PrestaShop's file of products",
  marks: [["Product ID", "ID"], known.name.names, known.sku.names, known.units.names],
  updatesOnly: false,
  *map(sheet: Sheet): Generator<undefined, MappedRows> {
    const columns = findColumns(sheet, known);
    const rows: FileRow[] = [];
    for (const row of sheet.rows) {
      const sku = columns.text(row, "sku");
      if (sku === "") {
        const detail =
          "Expected a reference, which becomes the SKU. Give this product one in PrestaShop, and export again.";
        columns.fault(row, "sku", detail);
      }
      const name = visibleName(columns.text(row, "name"));
      const backorders = columns.word(row, "backorders", backorderWords);
      rows.push(
        productRow([row.line], sku, null, {
          name: name === "" ? undefined : name,
          enabled: columns.word(row, "active", activeWords),
          unitsInStock: columns.units(row, "units") ?? undefined,
          ...lowStock(columns.units(row, "low")),
          allowNegativeStock:
            backorders === undefined || backorders === "default" ? undefined : backorders === "yes",
        }),
      );
      yield;
    }
    return columns.mapped(rows);
  },
};
