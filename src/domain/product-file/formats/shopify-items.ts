// What Shopify's two files have in common: rows of one handle are a product, and each row with a SKU or an option is a
// variant of it. A product that is only sold as one has a single variant, with the option "Default Title".

import { quoted } from "../../quoted.ts";
import type { FileRow } from "../product-file.ts";
import type { Columns } from "./columns.ts";
import { visibleName } from "./columns.ts";
import type { KnownColumn, SourceRow } from "./format.ts";
import { productRow } from "./product-row.ts";
import { agreed, mixedBackorders, mixedTracking } from "./shared-policy.ts";

/** The columns that both files have. */
export const itemColumns = {
  handle: {
    names: ["Handle", "URL handle"],
    becomes: "sku of a product with several variants; groups its rows",
  },
  title: { names: ["Title"], becomes: "name" },
  option1Name: { names: ["Option1 Name"], becomes: "options" },
  option1Value: { names: ["Option1 Value"], becomes: "options, name of the variant" },
  option2Name: { names: ["Option2 Name"], becomes: "options" },
  option2Value: { names: ["Option2 Value"], becomes: "options, name of the variant" },
  option3Name: { names: ["Option3 Name"], becomes: "options" },
  option3Value: { names: ["Option3 Value"], becomes: "options, name of the variant" },
  sku: { names: ["Variant SKU", "SKU"], becomes: "sku" },
} as const satisfies Record<string, KnownColumn>;

/** The key of a column that both files have. */
export type ItemKey = keyof typeof itemColumns;

/** One variant in Shopify's sense, of one row or several. Undefined: the file does not say. */
export type ShopifyVariant = {
  readonly row: SourceRow;
  readonly lines: readonly number[];
  readonly units: number | undefined;
  readonly isTracked: boolean | undefined;
  readonly isSoldBelowZero: boolean | undefined;
};

const optionKeys = [
  ["option1Name", "option1Value"],
  ["option2Name", "option2Value"],
  ["option3Name", "option3Value"],
] as const;

/** Whether a row is a variant. Other rows have more pictures of the product. */
export function isVariant(columns: Columns<ItemKey>, row: SourceRow): boolean {
  return columns.text(row, "sku") !== "" || columns.text(row, "option1Value") !== "";
}

/** Groups rows by their handle. A row without a handle is a fault. */
export function byHandle(
  columns: Columns<ItemKey>,
  rows: readonly SourceRow[],
): ReadonlyMap<string, readonly SourceRow[]> {
  const groups = new Map<string, SourceRow[]>();
  for (const row of rows) {
    const handle = columns.text(row, "handle");
    if (handle === "") columns.fault(row, "handle", "Expected a handle; got nothing.");
    else if (groups.has(handle)) groups.get(handle)?.push(row);
    else groups.set(handle, [row]);
  }
  return groups;
}

/** The rows of one handle's product. `enabled` is undefined if the file does not say. */
export function productOf(
  columns: Columns<ItemKey>,
  handle: string,
  rows: readonly SourceRow[],
  variants: readonly ShopifyVariant[],
  enabled: boolean | undefined,
): FileRow[] {
  const [first] = rows;
  if (first === undefined || variants.length === 0) return [];
  const titled = rows.find((row) => columns.text(row, "title") !== "");
  const title = titled === undefined ? undefined : visibleName(columns.text(titled, "title"));
  const names = optionNames(columns, rows);
  const isTracked = trackingOf(columns, variants);
  const isSoldBelowZero = agreed(variants.map((variant) => variant.isSoldBelowZero));
  if (isSoldBelowZero === null) columns.note(first, "handle", mixedBackorders);
  const settings = {
    name: title,
    enabled,
    trackInventory: isTracked,
    allowNegativeStock: isSoldBelowZero ?? (isSoldBelowZero === null ? false : undefined),
  };
  const [only] = variants;
  const isSingle = variants.length === 1 && only !== undefined && !hasOptions(columns, only.row);
  if (isSingle) {
    const sku = skuOf(columns, only);
    const units = isTracked === false ? undefined : only.units;
    return [
      productRow([first.line, ...only.lines], sku, null, { ...settings, unitsInStock: units }),
    ];
  }
  const own = productRow([first.line], handle, null, settings);
  return [
    own,
    ...variants.map((variant) => {
      const options = optionsOf(columns, variant.row, names);
      const name = Object.values(options).join(" / ");
      return productRow(variant.lines, skuOf(columns, variant), handle, {
        name: name === "" ? undefined : name,
        options,
        unitsInStock: isTracked === false ? undefined : variant.units,
      });
    }),
  ];
}

function skuOf(columns: Columns<ItemKey>, { row }: ShopifyVariant): string {
  const sku = columns.text(row, "sku");
  if (sku === "") {
    const detail = `Expected a SKU: orders name it. This item of ${quoted(columns.text(row, "handle"))} has none. Give it one in Shopify, and export again.`;
    columns.fault(row, "sku", detail);
  }
  return sku;
}

function trackingOf(
  columns: Columns<ItemKey>,
  variants: readonly ShopifyVariant[],
): boolean | undefined {
  const isTracked = agreed(variants.map((variant) => variant.isTracked));
  if (isTracked !== null) return isTracked;
  for (const { row, isTracked: own } of variants) {
    if (own === false) columns.fault(row, "sku", mixedTracking);
  }
  return true;
}

/** Only the first row of a product has the names of its options. */
function optionNames(columns: Columns<ItemKey>, rows: readonly SourceRow[]): readonly string[] {
  return optionKeys.map(([key]) => {
    const named = rows.find((row) => columns.text(row, key) !== "");
    return named === undefined ? "" : visibleName(columns.text(named, key));
  });
}

function hasOptions(columns: Columns<ItemKey>, row: SourceRow): boolean {
  const value = columns.text(row, "option1Value");
  return value !== "" && value !== "Default Title";
}

function optionsOf(
  columns: Columns<ItemKey>,
  row: SourceRow,
  names: readonly string[],
): Readonly<Record<string, string>> {
  const options = optionKeys.flatMap(([, key], index) => {
    const value = visibleName(columns.text(row, key));
    const name = names[index] ?? "";
    return value === "" || name === "" ? [] : [[name, value] as const];
  });
  return Object.fromEntries(options);
}
