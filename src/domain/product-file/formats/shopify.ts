// Shopify's export of products (Products, Export), with the headings of before and after 2025.

import { type Columns, findColumns } from "./columns.ts";
import type { FileKind, KnownColumn, MappedRows, Sheet, SourceRow } from "./format.ts";
import {
  byHandle,
  isVariant,
  itemColumns,
  productOf,
  type ShopifyVariant,
} from "./shopify-items.ts";

const known = {
  ...itemColumns,
  status: { names: ["Status"], becomes: "enabled: true if active" },
  tracker: {
    names: ["Variant Inventory Tracker", "Inventory tracker"],
    becomes: "trackInventory: false if empty",
  },
  units: { names: ["Variant Inventory Qty", "Inventory quantity"], becomes: "unitsInStock" },
  policy: {
    names: ["Variant Inventory Policy", "Continue selling when out of stock"],
    becomes: "allowNegativeStock: true if continue",
  },
} as const satisfies Record<string, KnownColumn>;

type Key = keyof typeof known;

const statuses = { active: true, draft: false, archived: false, unlisted: true };
const policies = { deny: false, continue: true, false: false, true: true };

/** The export of products. */
export const shopifyProducts: FileKind = {
  format: "shopify",
  title: "Shopify's export of products",
  marks: [
    itemColumns.handle.names,
    itemColumns.title.names,
    ["Variant SKU", "Variant Price", ...known.tracker.names, ...known.policy.names],
  ],
  updatesOnly: false,
  *map(sheet: Sheet): Generator<undefined, MappedRows> {
    const columns = findColumns(sheet, known);
    const rows = [];
    for (const [handle, group] of byHandle(columns, sheet.rows)) {
      const variants = group
        .filter((row) => isVariant(columns, row))
        .map((row) => variantOf(columns, row));
      rows.push(...productOf(columns, handle, group, variants, statusOf(columns, group)));
      if (variants.length === 0) leaveOut(columns, group);
      yield;
    }
    sayMissingCounts(columns, sheet);
    return columns.mapped(rows);
  },
};

function variantOf(columns: Columns<Key>, row: SourceRow): ShopifyVariant {
  const units = columns.units(row, "units");
  return {
    row,
    lines: [row.line],
    units: units ?? undefined,
    isTracked: columns.has("tracker") ? columns.text(row, "tracker") !== "" : undefined,
    isSoldBelowZero: columns.word(row, "policy", policies),
  };
}

function statusOf(columns: Columns<Key>, rows: readonly SourceRow[]): boolean | undefined {
  const row = rows.find((one) => columns.text(one, "status") !== "");
  return row === undefined ? undefined : columns.word(row, "status", statuses);
}

function leaveOut(columns: Columns<Key>, [first]: readonly SourceRow[]): void {
  if (first !== undefined) {
    columns.note(first, "sku", "Left out: no row of this handle has a SKU or an option.");
  }
}

/** Shopify leaves the counts out for a store with several locations, and nothing would say why they are missing. */
function sayMissingCounts(columns: Columns<Key>, { headLine, rows }: Sheet): void {
  if (columns.has("units") || rows.length === 0) return;
  const head = { line: headLine, cells: [] };
  const detail =
    "The file has no counts: Shopify leaves them out of this export if a store has several locations. Counts of stored products do not change. If products are new, import Shopify's export of inventory first.";
  columns.note(head, "units", detail);
}
