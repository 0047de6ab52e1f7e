// WooCommerce's export of products (Products, Export).

import { quoted } from "../../quoted.ts";
import type { FileRow } from "../product-file.ts";
import { type Columns, findColumns, visibleName } from "./columns.ts";
import type { FileKind, KnownColumn, MappedRows, Sheet, SourceRow } from "./format.ts";
import { lowStock, lowStockWords, productRow } from "./product-row.ts";
import { agreed, mixedBackorders, mixedTracking } from "./shared-policy.ts";
import { attributesOf } from "./woocommerce-attributes.ts";
import { headings } from "./woocommerce-headings.ts";

const known = {
  id: { names: headings.id, becomes: "what Parent may name, as in id:12" },
  type: { names: headings.type, becomes: "whether a row is a product, or a variant of its parent" },
  sku: { names: headings.sku, becomes: "sku" },
  name: { names: headings.name, becomes: "name" },
  published: { names: headings.published, becomes: "enabled: true if 1" },
  inStock: { names: headings.inStock, becomes: "no units if 0 and the row has no count" },
  stock: {
    names: headings.stock,
    becomes: "unitsInStock; trackInventory: false if there is no count",
  },
  low: { names: headings.low, becomes: lowStockWords },
  backorders: {
    names: headings.backorders,
    becomes: "allowNegativeStock: true if 1, yes or notify",
  },
  parent: { names: headings.parent, becomes: "variantOf" },
} as const satisfies Record<string, KnownColumn>;

type Key = keyof typeof known;

const publishedWords = { "1": true, "0": false, "-1": false, "2": true };
const inStockWords = { "1": true, "0": false, backorder: true, yes: true, no: false };
const backorderWords = { "0": false, no: false, "1": true, yes: true, notify: true };
/** Kinds of products without units of their own: they are made of other products, or sold by somebody else. */
const withoutUnits = new Set(["grouped", "external"]);

/** The export of products. */
export const wooCommerceProducts: FileKind = {
  format: "woocommerce",
  title: "WooCommerce's export of products",
  marks: [
    known.type.names,
    known.sku.names,
    known.name.names,
    known.published.names,
    known.parent.names,
  ],
  updatesOnly: false,
  *map(sheet: Sheet): Generator<undefined, MappedRows> {
    const columns = findColumns(sheet, known);
    const attributes = attributesOf(sheet);
    const { products, variations } = sorted(columns, sheet.rows);
    const rows: FileRow[] = [];
    const skus = new Map<string, string>();
    for (const row of products) skus.set(`id:${columns.text(row, "id")}`, productSku(columns, row));
    const families = familiesOf(columns, products, variations, skus);
    for (const { sku, own, variants } of families) {
      const family = policyOf(columns, own, variants);
      if (own !== null) rows.push(ownRow(columns, own, sku, family, variants.length > 0));
      for (const row of variants) {
        rows.push(
          productRow([row.line], columns.text(row, "sku"), sku, {
            name: nameOf(columns, row),
            enabled: columns.word(row, "published", publishedWords),
            options: attributes.of(row),
            ...(family.isTracked ? { unitsInStock: unitsOf(columns, row) } : {}),
            ...(family.isTracked ? lowStock(columns.units(row, "low")) : {}),
          }),
        );
      }
      yield;
    }
    return { ...columns.mapped(rows), columns: attributes.uses(columns.uses) };
  },
};

/** Sorts rows into products and variations. Rows that are neither are left out with a note. */
function sorted(columns: Columns<Key>, rows: readonly SourceRow[]) {
  const products: SourceRow[] = [];
  const variations: SourceRow[] = [];
  for (const row of rows) {
    const types = columns.text(row, "type").toLowerCase().split(/,\s*/);
    const other = types.find((type) => withoutUnits.has(type));
    if (other !== undefined) {
      columns.note(
        row,
        "type",
        `Left out: a product of the type ${other} has no units of its own.`,
      );
    } else if (types.includes("variation")) variations.push(row);
    else products.push(row);
    if (other !== undefined || columns.text(row, "sku") !== "") continue;
    if (types.includes("variable")) {
      const detail = `This product has no SKU; it gets id:${columns.text(row, "id")}, as its variations name it.`;
      columns.note(row, "sku", detail);
      continue;
    }
    const detail =
      "Expected a SKU: orders name it. Give this product one in WooCommerce, and export again.";
    columns.fault(row, "sku", detail);
  }
  return { products, variations };
}

function productSku(columns: Columns<Key>, row: SourceRow): string {
  const sku = columns.text(row, "sku");
  return sku === "" ? `id:${columns.text(row, "id")}` : sku;
}

type Family = { readonly sku: string; own: SourceRow | null; readonly variants: SourceRow[] };

function familiesOf(
  columns: Columns<Key>,
  products: readonly SourceRow[],
  variations: readonly SourceRow[],
  skus: ReadonlyMap<string, string>,
): readonly Family[] {
  const families = new Map<string, Family>();
  const repeated: Family[] = [];
  for (const own of products) {
    const sku = productSku(columns, own);
    const family: Family = { sku, own, variants: [] };
    // The same SKU again stays a row, so that it is refused as a duplicate.
    if (families.has(sku)) repeated.push(family);
    else families.set(sku, family);
  }
  for (const row of variations) {
    const parent = columns.text(row, "parent");
    if (parent === "") {
      const detail = `Expected the SKU of the variation's product, or its number as in id:12; got nothing.`;
      columns.fault(row, "parent", detail);
      continue;
    }
    const sku = skus.get(parent) ?? parent;
    const family = families.get(sku) ?? { sku, own: null, variants: [] };
    family.variants.push(row);
    families.set(sku, family);
  }
  return [...families.values(), ...repeated];
}

/** What a product and its variations say together. */
type Policy = { readonly isTracked: boolean; readonly isSoldBelowZero: boolean | undefined };

function policyOf(
  columns: Columns<Key>,
  own: SourceRow | null,
  variants: readonly SourceRow[],
): Policy {
  const all = [...(own === null ? [] : [own]), ...variants];
  const [first] = all;
  const counted = all.filter((row) => isCounted(columns, row));
  const uncounted = variants.filter((row) => !isCounted(columns, row));
  const isTracked = !columns.has("stock") || counted.length > 0;
  if (isTracked && columns.has("stock") && variants.length > 0) {
    for (const row of uncounted) columns.fault(row, "stock", mixedTracking);
  }
  const values = counted.map((row) => columns.word(row, "backorders", backorderWords));
  const isSoldBelowZero = agreed(values);
  if (isSoldBelowZero === null && first !== undefined) {
    columns.note(first, "backorders", mixedBackorders);
  }
  return { isTracked, isSoldBelowZero: isSoldBelowZero === null ? false : isSoldBelowZero };
}

/** Whether a row has a count, or its parent's, or is marked as sold out without one. */
function isCounted(columns: Columns<Key>, row: SourceRow): boolean {
  const isVariable = columns.text(row, "type").toLowerCase().includes("variable");
  return (
    columns.text(row, "stock") !== "" ||
    (!isVariable && columns.text(row, "inStock") !== "" && isSoldOut(columns, row))
  );
}

function isSoldOut(columns: Columns<Key>, row: SourceRow): boolean {
  return (
    columns.text(row, "inStock") === "0" || columns.text(row, "inStock").toLowerCase() === "no"
  );
}

/** The units of a counted row: null draws on the parent's; undefined if there is no count at all. */
function unitsOf(columns: Columns<Key>, row: SourceRow): number | null | undefined {
  columns.word(row, "inStock", inStockWords);
  const stock = columns.text(row, "stock");
  if (stock.toLowerCase() === "parent") return null;
  if (stock !== "") return columns.units(row, "stock") ?? undefined;
  if (!columns.has("stock") || !isSoldOut(columns, row)) return undefined;
  columns.note(row, "inStock", "Marked as sold out without a count: it gets 0 units.");
  return 0;
}

function ownRow(
  columns: Columns<Key>,
  row: SourceRow,
  sku: string,
  { isTracked, isSoldBelowZero }: Policy,
  hasVariants: boolean,
): FileRow {
  const units = isTracked ? unitsOf(columns, row) : undefined;
  if (hasVariants && units === undefined && columns.text(row, "type") === "simple") {
    columns.note(row, "type", `${quoted(sku)} is a simple product, but variations name it.`);
  }
  return productRow([row.line], sku, null, {
    name: nameOf(columns, row),
    enabled: columns.word(row, "published", publishedWords),
    trackInventory: columns.has("stock") ? isTracked : undefined,
    unitsInStock: units ?? undefined,
    ...(isTracked ? lowStock(columns.units(row, "low")) : {}),
    allowNegativeStock: isTracked ? isSoldBelowZero : undefined,
  });
}

function nameOf(columns: Columns<Key>, row: SourceRow): string | undefined {
  const name = visibleName(columns.text(row, "name"));
  return name === "" ? undefined : name;
}
