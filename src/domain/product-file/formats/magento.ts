// Magento's and Adobe Commerce's export of products (System, Export, Products).

import type { FileRow } from "../product-file.ts";
import { quoted } from "../../quoted.ts";
import { type Columns, findColumns, visibleName } from "./columns.ts";
import type { FileKind, KnownColumn, MappedRows, Sheet, SourceRow } from "./format.ts";
import { productRow, type RowFields } from "./product-row.ts";
import { agreed, mixedBackorders, mixedTracking } from "./shared-policy.ts";

const known = {
  sku: { names: ["sku"], becomes: "sku" },
  storeView: { names: ["store_view_code"], becomes: "rows of a store view are left out" },
  type: { names: ["product_type"], becomes: "whether a row is a product" },
  name: { names: ["name"], becomes: "name" },
  online: { names: ["product_online"], becomes: "enabled: true if 1" },
  units: { names: ["qty"], becomes: "unitsInStock" },
  minimum: {
    names: ["out_of_stock_qty"],
    becomes: "outOfStockThreshold, unless use_config_min_qty is 1",
  },
  configMinimum: { names: ["use_config_min_qty"], becomes: "whether out_of_stock_qty counts" },
  backorders: {
    names: ["allow_backorders"],
    becomes: "allowNegativeStock: true if 1 or 2, unless use_config_backorders is 1",
  },
  configBackorders: {
    names: ["use_config_backorders"],
    becomes: "whether allow_backorders counts",
  },
  low: {
    names: ["notify_on_stock_below"],
    becomes:
      "stockAlertThreshold, one less, because Magento alerts below it; unless use_config_notify_stock_qty is 1",
  },
  configLow: {
    names: ["use_config_notify_stock_qty"],
    becomes: "whether notify_on_stock_below counts",
  },
  manage: {
    names: ["manage_stock"],
    becomes: "trackInventory, unless use_config_manage_stock is 1",
  },
  configManage: { names: ["use_config_manage_stock"], becomes: "whether manage_stock counts" },
  inStock: { names: ["is_in_stock"], becomes: "a note if 0 with units" },
  variations: { names: ["configurable_variations"], becomes: "variantOf and options" },
} as const satisfies Record<string, KnownColumn>;

type Key = keyof typeof known;

const bits = { "0": false, "1": true, "0.0000": false, "1.0000": true };
const onlineWords = { "1": true, "2": false };
const backorderWords = { "0": false, "1": true, "2": true };

/** The export of products. */
export const magentoProducts: FileKind = {
  format: "magento",
  title: "Magento's export of products",
  marks: [known.sku.names, known.type.names, ["attribute_set_code", "qty", "product_online"]],
  updatesOnly: false,
  *map(sheet: Sheet): Generator<undefined, MappedRows> {
    const columns = findColumns(sheet, known);
    const items = sheet.rows.filter((row) => isItem(columns, row));
    const variations = variationsOf(columns, items);
    const children = childrenOf(columns, items, variations);
    const rows: FileRow[] = [];
    for (const row of items) {
      const sku = columns.text(row, "sku");
      const variation = variations.get(sku);
      rows.push(
        variation === undefined
          ? ownRow(columns, row, children.get(sku))
          : productRow([row.line], sku, variation.parent, {
              name: nameOf(columns, row),
              enabled: columns.word(row, "online", onlineWords),
              options: variation.options,
              ...countsOf(columns, row),
            }),
      );
      yield;
    }
    return columns.mapped(rows);
  },
};

/** Whether a row is an item with a count of its own, or the product of such items. */
function isItem(columns: Columns<Key>, row: SourceRow): boolean {
  const view = columns.text(row, "storeView");
  if (view !== "" && view !== "admin") {
    columns.note(
      row,
      "storeView",
      `Left out: a row of the store view ${quoted(view)} has only its texts.`,
    );
    return false;
  }
  const type = columns.text(row, "type");
  if (type === "bundle" || type === "grouped") {
    columns.note(row, "type", `Left out: a product of the type ${type} has no units of its own.`);
    return false;
  }
  if (columns.text(row, "sku") !== "") return true;
  columns.fault(row, "sku", "Expected a SKU; got nothing.");
  return false;
}

type Variation = { readonly parent: string; readonly options: Readonly<Record<string, string>> };

/** The variations that configurable products name, by SKU: `sku=A-S,size=S|sku=A-M,size=M`. */
function variationsOf(
  columns: Columns<Key>,
  rows: readonly SourceRow[],
): ReadonlyMap<string, Variation> {
  const variations = new Map<string, Variation>();
  for (const row of rows) {
    const parent = columns.text(row, "sku");
    for (const part of columns
      .text(row, "variations")
      .split("|")
      .filter((text) => text !== "")) {
      const pairs = part.split(/,(?=[^,=]+=)/).map((pair): readonly [string, string] => {
        const at = pair.indexOf("=");
        return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
      });
      const sku = pairs.find(([name]) => name === "sku")?.[1];
      if (sku === undefined || sku === "") {
        columns.fault(row, "variations", `Expected sku=… in each variation; got ${quoted(part)}.`);
        continue;
      }
      const other = variations.get(sku);
      if (other !== undefined && other.parent !== parent) {
        const detail = `${quoted(sku)} is a variation of ${quoted(other.parent)} already. Tallyman has an item in one product only.`;
        columns.fault(row, "variations", detail);
        continue;
      }
      const options = pairs.filter(
        ([name, value]) => name !== "sku" && name !== "" && value !== "",
      );
      variations.set(sku, { parent, options: Object.fromEntries(options) });
    }
  }
  return variations;
}

function childrenOf(
  columns: Columns<Key>,
  rows: readonly SourceRow[],
  variations: ReadonlyMap<string, Variation>,
): ReadonlyMap<string, readonly SourceRow[]> {
  const children = new Map<string, SourceRow[]>();
  const bySku = new Map(rows.map((row) => [columns.text(row, "sku"), row]));
  for (const [sku, { parent }] of variations) {
    const row = bySku.get(sku);
    const product = bySku.get(parent);
    if (row !== undefined) children.set(parent, [...(children.get(parent) ?? []), row]);
    else if (product !== undefined) {
      columns.note(product, "variations", `Left out: the file has no row of ${quoted(sku)}.`);
    }
  }
  return children;
}

function ownRow(
  columns: Columns<Key>,
  row: SourceRow,
  children: readonly SourceRow[] | undefined,
): FileRow {
  const sku = columns.text(row, "sku");
  const fields = { name: nameOf(columns, row), enabled: columns.word(row, "online", onlineWords) };
  if (children === undefined) {
    const allowNegativeStock = setting(
      columns,
      row,
      "backorders",
      "configBackorders",
      backorderWords,
    );
    const trackInventory = setting(columns, row, "manage", "configManage", bits);
    const policy = { allowNegativeStock, trackInventory };
    return productRow([row.line], sku, null, { ...fields, ...policy, ...countsOf(columns, row) });
  }
  const tracking = children.map((child) => setting(columns, child, "manage", "configManage", bits));
  const trackInventory = agreed(tracking.map((tracked) => tracked ?? true));
  if (trackInventory === null) {
    for (const [index, child] of children.entries()) {
      if (tracking[index] === false) columns.fault(child, "manage", mixedTracking);
    }
  }
  const below = agreed(
    children.map(
      (child) => setting(columns, child, "backorders", "configBackorders", backorderWords) ?? false,
    ),
  );
  if (below === null) columns.note(row, "backorders", mixedBackorders);
  return productRow([row.line], sku, null, {
    ...fields,
    trackInventory: trackInventory === false ? false : undefined,
    allowNegativeStock: below === true ? true : undefined,
  });
}

/** A setting of the row; undefined if the store's configuration is used in its place. */
function setting<Value>(
  columns: Columns<Key>,
  row: SourceRow,
  key: Key,
  config: Key,
  words: Readonly<Record<string, Value>>,
): Value | undefined {
  return columns.word(row, config, bits) === true ? undefined : columns.word(row, key, words);
}

/** The count and the thresholds of an item; nothing if its stock is not managed. */
function countsOf(columns: Columns<Key>, row: SourceRow): RowFields {
  if (setting(columns, row, "manage", "configManage", bits) === false) return {};
  const units = columns.units(row, "units") ?? undefined;
  if (units !== undefined && units > 0 && columns.text(row, "inStock") === "0") {
    const detail = `Marked as out of stock, with ${units} units. Tallyman sells what is counted: correct the count, or disable the product.`;
    columns.note(row, "inStock", detail);
  }
  const usesMinimum = columns.word(row, "configMinimum", bits) !== true;
  const minimum = usesMinimum ? columns.units(row, "minimum") : null;
  const low = columns.word(row, "configLow", bits) === true ? null : columns.units(row, "low");
  if (minimum !== null && minimum < 0) {
    columns.note(row, "minimum", "Left out: a threshold below zero.");
  }
  const outOfStockThreshold = minimum !== null && minimum >= 0 ? minimum : undefined;
  return {
    unitsInStock: units,
    ...(low !== null && low > 0 ? { stockAlertThreshold: low - 1, outOfStockThreshold: 0 } : {}),
    ...(outOfStockThreshold === undefined ? {} : { outOfStockThreshold }),
  };
}

function nameOf(columns: Columns<Key>, row: SourceRow): string | undefined {
  const name = visibleName(columns.text(row, "name"));
  return name === "" ? undefined : name;
}
