// Turns rows into edits. An edit has only the fields that differ from the stored item.

import type { StoredProduct, StoredVariant } from "../catalogue/product.ts";
import type { ProductEdit, VariantEdit } from "../catalogue/product-edit.ts";
import { isTracked, type ProductTypeFlags } from "../catalogue/product-type.ts";
import type { RowGroup } from "./group-rows.ts";
import { type CellValue, type ColumnName, columnNames, writeOptions } from "./product-columns.ts";
import type { FileRow } from "./product-file.ts";

/** One field that an import changes, with both values as text; null: empty. */
export type Difference = {
  readonly sku: string;
  readonly field: ColumnName;
  readonly from: string | null;
  readonly to: string | null;
};

/** An edit and its differences. */
export type RowEdit<Edit> = { readonly edit: Edit; readonly differences: readonly Difference[] };

/** The settings of tracked stock that may be empty. */
const numbersOrNull = [
  "stockAlertThreshold",
  "outOfStockThreshold",
  "leadDays",
  "packSize",
] as const;

/** Values by the field's name. */
type Fields = Readonly<Partial<Record<ColumnName, CellValue>>>;

/**
 * The edit of a product by all of its rows; empty if they change nothing. `type` is the product's type after the import,
 * undefined if it does not exist.
 */
export function groupEdit(
  { stored, own, variants }: RowGroup,
  type: ProductTypeFlags | undefined,
): RowEdit<ProductEdit> {
  const tracks = own?.cells.get("trackInventory") ?? stored?.trackInventory ?? true;
  const tracked = isTracked(type, { trackInventory: tracks === true });
  const known = new Map(stored?.variants.map((variant) => [variant.sku, variant]));
  const ofProduct = own === null ? null : productEdit(own, stored, type, tracked);
  const ofVariants = variants.map((row) => variantEdit(row, known.get(row.sku) ?? null, tracked));
  const changesVariants =
    variants.some(({ sku }) => !known.has(sku)) ||
    ofVariants.some(({ differences }) => differences.length > 0);
  const edits = ofVariants.map(({ edit }) => edit);
  const list = changesVariants ? { variants: variantList([...known.keys()], edits) } : {};
  return {
    edit: { ...ofProduct?.edit, ...list },
    differences: [ofProduct, ...ofVariants].flatMap((edited) => edited?.differences ?? []),
  };
}

/** The new list of variants. It replaces the stored list, so it has the variants that the file does not name too. */
function variantList(stored: readonly string[], edits: readonly VariantEdit[]): VariantEdit[] {
  const edited = new Map(edits.map((edit) => [edit.sku, edit]));
  const known = new Set(stored);
  return [
    ...stored.map((sku) => edited.get(sku) ?? { sku }),
    ...edits.filter(({ sku }) => !known.has(sku)),
  ];
}

/** The edit of a product by its own row. `tracked` is whether its stock is tracked after the import. */
function productEdit(
  row: FileRow,
  stored: StoredProduct | null,
  type: ProductTypeFlags | undefined,
  tracked: boolean,
): RowEdit<ProductEdit> {
  // An empty count changes nothing: a product always has a count, in use or not.
  const emptied = tracked ? numbersOrNull : [];
  const before = stored === null ? {} : productFields(stored, type);
  return changed<ProductEdit>(row, before, stored === null, emptied);
}

/** The edit of a variant by its row. */
function variantEdit(
  row: FileRow,
  stored: StoredVariant | null,
  tracked: boolean,
): RowEdit<VariantEdit> {
  // An empty count or setting means that the product's is used.
  const emptied: readonly ColumnName[] = tracked ? ["unitsInStock", ...numbersOrNull] : [];
  const before = stored === null ? {} : variantFields(stored, tracked);
  const { edit, differences } = changed<Omit<VariantEdit, "sku">>(
    row,
    before,
    stored === null,
    emptied,
  );
  return { edit: { sku: row.sku, ...edit }, differences };
}

function changed<Edit>(
  row: FileRow,
  before: Fields,
  isNew: boolean,
  emptied: readonly ColumnName[],
): RowEdit<Edit>;
function changed(
  { sku, cells }: FileRow,
  before: Fields,
  isNew: boolean,
  emptied: readonly ColumnName[],
): RowEdit<Record<string, CellValue>> {
  const edit: Record<string, CellValue> = {};
  const differences: Difference[] = [];
  const expected = cells.get("expectedUnits") ?? null;
  for (const field of columnNames) {
    const value = cells.get(field);
    if (value === undefined || isAddress(field)) continue;
    if (value === null && (isNew || !emptied.includes(field))) continue;
    if (field === "unitsInStock" && !isNew && expected !== null && value === expected) continue;
    const was = before[field] ?? null;
    if (inWords(was) === inWords(value)) continue;
    edit[field] = value;
    differences.push({ sku, field, from: inWords(was), to: inWords(value) });
  }
  // The exported count is checked before the new one is set. There is nothing to check for a new item: its row was
  // exported from another store or before a deletion, or copied from another row.
  if (!isNew && typeof edit["unitsInStock"] === "number" && typeof expected === "number") {
    edit["expectedUnits"] = expected;
  }
  return { edit, differences };
}

/** Whether the column identifies the item or checks its count, so that it is not a field to change. */
function isAddress(column: ColumnName): boolean {
  return column === "sku" || column === "variantOf" || column === "expectedUnits";
}

function productFields(product: StoredProduct, type: ProductTypeFlags | undefined): Fields {
  const { name, enabled, tracked, units, stockAlertThreshold } = product;
  const { outOfStockThreshold, hideIfOutOfStock, allowPreOrder, allowNegativeStock } = product;
  const { leadDays, packSize } = product;
  return {
    name,
    type: product.type,
    enabled,
    // The new type may have inventory when the old one had none: then it is tracked unless the row says no.
    trackInventory: type === undefined ? tracked : isTracked(type, product),
    ...(tracked ? { unitsInStock: units } : {}),
    stockAlertThreshold,
    outOfStockThreshold,
    hideIfOutOfStock,
    allowPreOrder,
    allowNegativeStock,
    leadDays,
    packSize,
  };
}

function variantFields(variant: StoredVariant, tracked: boolean): Fields {
  const { name, options, enabled, ownStock, units } = variant;
  const { stockAlertThreshold, outOfStockThreshold, leadDays, packSize } = variant;
  return {
    name,
    options,
    enabled,
    unitsInStock: tracked && ownStock ? units : null,
    stockAlertThreshold,
    outOfStockThreshold,
    leadDays,
    packSize,
  };
}

function inWords(value: CellValue): string | null {
  if (value === null) return null;
  return typeof value === "object" ? writeOptions(value) : String(value);
}
