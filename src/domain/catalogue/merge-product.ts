// Merges an edit into a product. If an edit leaves a setting out, a replacement sets the default, and a patch keeps the
// stored value. Counts are always kept, and so are lead time and pack size, which older clients do not know. While stock
// is not tracked, a replacement also keeps the stock settings, because a form does not show them and can't send them.

import type { ProductSettings, ProductWithVariants, VariantSettings } from "./product.ts";
import type { ProductEdit, VariantEdit } from "./product-edit.ts";
import { isTracked, type ProductTypeFlags } from "./product-type.ts";

/** Whether an edit replaces a product (PUT) or changes only the given fields (PATCH). */
export type EditMode = "replace" | "patch";

/**
 * The product after an edit. `stored` is null if it is new. If the type has no variants, the result has none, and the
 * stored variants do not change.
 */
export function mergeProduct(
  edit: ProductEdit,
  mode: EditMode,
  stored: ProductWithVariants | null,
  type: Pick<ProductTypeFlags, "hasInventory" | "hasVariants">,
): ProductWithVariants {
  const settings = mergeSettings(edit, mode, stored, type);
  if (!type.hasVariants) return { ...settings, variants: [] };
  const before = stored?.variants ?? [];
  if (edit.variants === undefined) return { ...settings, variants: before };
  const known = new Map(before.map((variant) => [variant.sku, variant]));
  const tracked = isTracked(type, settings);
  const variants = edit.variants.map((variant) =>
    mergeVariant(variant, mode, known.get(variant.sku) ?? null, tracked),
  );
  return { ...settings, variants };
}

function mergeSettings(
  edit: ProductEdit,
  mode: EditMode,
  stored: ProductSettings | null,
  type: Pick<ProductTypeFlags, "hasInventory">,
): ProductSettings {
  const kept = mode === "patch" ? stored : null;
  const trackInventory =
    edit.trackInventory ??
    (type.hasInventory ? (kept?.trackInventory ?? true) : (stored?.trackInventory ?? false));
  const keptStock = isTracked(type, { trackInventory }) ? kept : stored;
  return {
    name: edit.name ?? stored?.name ?? "",
    enabled: edit.enabled ?? kept?.enabled ?? true,
    trackInventory,
    stockAlertThreshold: given(edit.stockAlertThreshold, keptStock?.stockAlertThreshold),
    outOfStockThreshold: given(edit.outOfStockThreshold, keptStock?.outOfStockThreshold),
    leadDays: given(edit.leadDays, stored?.leadDays),
    packSize: given(edit.packSize, stored?.packSize),
    hideIfOutOfStock: edit.hideIfOutOfStock ?? keptStock?.hideIfOutOfStock ?? false,
    allowPreOrder: edit.allowPreOrder ?? keptStock?.allowPreOrder ?? false,
    allowNegativeStock: edit.allowNegativeStock ?? keptStock?.allowNegativeStock ?? false,
  };
}

function mergeVariant(
  edit: VariantEdit,
  mode: EditMode,
  stored: VariantSettings | null,
  tracked: boolean,
): VariantSettings {
  const kept = mode === "patch" ? stored : null;
  const keptStock = tracked ? kept : stored;
  const options = edit.options ?? kept?.options ?? {};
  const { unitsInStock } = edit;
  return {
    sku: edit.sku,
    name: edit.name ?? kept?.name ?? nameOf(edit.sku, options),
    options,
    enabled: edit.enabled ?? kept?.enabled ?? true,
    ownStock: unitsInStock === undefined ? (stored?.ownStock ?? false) : unitsInStock !== null,
    stockAlertThreshold: given(edit.stockAlertThreshold, keptStock?.stockAlertThreshold),
    outOfStockThreshold: given(edit.outOfStockThreshold, keptStock?.outOfStockThreshold),
    leadDays: given(edit.leadDays, stored?.leadDays),
    packSize: given(edit.packSize, stored?.packSize),
  };
}

/** The name of a variant that got none: its options, or else its SKU. */
function nameOf(sku: string, options: Readonly<Record<string, string>>): string {
  const values = Object.values(options);
  return values.length > 0 ? values.join(" / ").slice(0, 200) : sku;
}

/** Like `edited ?? kept`, but null is a value too. */
function given<T>(edited: T | null | undefined, kept: T | null | undefined): T | null {
  return edited === undefined ? (kept ?? null) : edited;
}
