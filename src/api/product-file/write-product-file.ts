// Writes products as a CSV file. An import of that file changes nothing.

import { stringify } from "csv-stringify/sync";
import type { StoredProduct, StoredVariant } from "../../domain/catalogue/product.ts";
import { columnNames, guard, writeOptions } from "../../domain/product-file/product-columns.ts";

/** The head of the file. Excel needs the byte order mark to read it as UTF-8. */
export const fileHead = `\u{FEFF}${stringify([[...columnNames]], { record_delimiter: "windows" })}`;

/** The rows of products, each followed by its variants. */
export function writeProducts(products: readonly StoredProduct[]): string {
  return stringify(products.flatMap(rowsOf), {
    columns: [...columnNames],
    record_delimiter: "windows",
    cast: { boolean: String },
  });
}

function rowsOf(product: StoredProduct) {
  const { tracked, variants } = product;
  const drawnOn = variants.length === 0 || variants.some(({ ownStock }) => !ownStock);
  const units = tracked && drawnOn ? product.units : "";
  const own = {
    sku: guard(product.sku),
    name: guard(product.name),
    type: product.type,
    enabled: product.enabled,
    trackInventory: tracked,
    ...(tracked ? settingsOf(product) : {}),
    unitsInStock: units,
    // The count at the time of export: only a `unitsInStock` that differs from it sets a count.
    expectedUnits: units,
  };
  return [
    own,
    ...variants.map((variant) => {
      const count = tracked && variant.ownStock ? variant.units : "";
      return {
        sku: guard(variant.sku),
        variantOf: guard(product.sku),
        name: guard(variant.name),
        enabled: variant.enabled,
        unitsInStock: count,
        expectedUnits: count,
        ...(tracked ? numbersOf(variant) : {}),
        options: guard(writeOptions(variant.options)),
      };
    }),
  ];
}

/** The numbers that are an empty cell if they are not set. */
const numbersOf = (settings: StoredProduct | StoredVariant) => ({
  stockAlertThreshold: settings.stockAlertThreshold ?? "",
  outOfStockThreshold: settings.outOfStockThreshold ?? "",
  leadDays: settings.leadDays ?? "",
  packSize: settings.packSize ?? "",
});

function settingsOf(product: StoredProduct) {
  const { hideIfOutOfStock, allowPreOrder, allowNegativeStock } = product;
  return {
    ...numbersOf(product),
    hideIfOutOfStock,
    allowPreOrder,
    allowNegativeStock,
  };
}
