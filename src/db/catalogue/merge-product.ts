// Decides, without a database, what a product is after an edit: what was given, what is kept, what is the
// default. A replacement gives every setting that it leaves out its default; a patch keeps it. Either keeps
// counts, and while stock is not tracked a replacement keeps the stock settings too: they are not shown then,
// so whoever saves a form could not have sent them.

import type { ProductEdit, ProductSettings, VariantEdit, VariantSettings } from "./product-edit.ts";

/** Whether an edit replaces a product or changes only what it names. */
export type EditMode = "replace" | "patch";

/** The settings of a product after an edit. `stored` is null where it is new. */
export function mergeProduct(
  edit: ProductEdit,
  mode: EditMode,
  stored: ProductSettings | null,
  type: { readonly hasInventory: boolean },
): ProductSettings {
  const kept = mode === "patch" ? stored : null;
  const trackInventory =
    edit.trackInventory ??
    (type.hasInventory ? (kept?.trackInventory ?? true) : (stored?.trackInventory ?? false));
  const tracked = type.hasInventory && trackInventory;
  const keptStock = tracked ? kept : stored;
  return {
    name: edit.name ?? stored?.name ?? "",
    enabled: edit.enabled ?? kept?.enabled ?? true,
    trackInventory,
    stockAlertThreshold: given(edit.stockAlertThreshold, keptStock?.stockAlertThreshold, null),
    hideIfOutOfStock: edit.hideIfOutOfStock ?? keptStock?.hideIfOutOfStock ?? false,
    allowPreOrder: edit.allowPreOrder ?? keptStock?.allowPreOrder ?? false,
    allowNegativeStock: edit.allowNegativeStock ?? keptStock?.allowNegativeStock ?? false,
    sellBelowThreshold: edit.sellBelowThreshold ?? keptStock?.sellBelowThreshold ?? false,
  };
}

/** The settings of one variant after an edit. `stored` is null where it is new. */
export function mergeVariant(
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
    stockAlertThreshold: given(edit.stockAlertThreshold, keptStock?.stockAlertThreshold, null),
  };
}

/** A variant is called by its options where it has no name of its own. */
function nameOf(sku: string, options: Readonly<Record<string, string>>): string {
  const values = Object.values(options);
  return values.length > 0 ? values.join(" / ").slice(0, 200) : sku;
}

/** Like `??`, but null is a value that can be given. */
function given<T>(edited: T | null | undefined, kept: T | null | undefined, otherwise: T | null) {
  return edited === undefined ? (kept ?? otherwise) : edited;
}
