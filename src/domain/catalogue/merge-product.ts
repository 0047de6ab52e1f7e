// Decides what a product is after an edit: what was given, what is kept, what is the default. A replacement gives
// every setting that it leaves out its default; a patch keeps it. Either keeps counts. While stock is not tracked, a
// replacement keeps the stock settings too: they are not shown then, so whoever saves a form could not send them.

import type { ProductSettings, ProductWithVariants, VariantSettings } from "./product.ts";
import type { ProductEdit, VariantEdit } from "./product-edit.ts";
import { isTracked, type ProductTypeFlags } from "./product-type.ts";

/** Whether an edit replaces a product or changes only what it names. */
export type EditMode = "replace" | "patch";

/**
 * A product after an edit. `stored` is null if it is new. A type without variants hides them: there are none after
 * the edit, and those that are stored stay as they are.
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
    hideIfOutOfStock: edit.hideIfOutOfStock ?? keptStock?.hideIfOutOfStock ?? false,
    allowPreOrder: edit.allowPreOrder ?? keptStock?.allowPreOrder ?? false,
    allowNegativeStock: edit.allowNegativeStock ?? keptStock?.allowNegativeStock ?? false,
    sellBelowThreshold: edit.sellBelowThreshold ?? keptStock?.sellBelowThreshold ?? false,
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
  };
}

/** A variant without a name of its own is called by its options. */
function nameOf(sku: string, options: Readonly<Record<string, string>>): string {
  const values = Object.values(options);
  return values.length > 0 ? values.join(" / ").slice(0, 200) : sku;
}

/** Like `??`, but null is a value that can be given. */
function given<T>(edited: T | null | undefined, kept: T | null | undefined): T | null {
  return edited === undefined ? (kept ?? null) : edited;
}
