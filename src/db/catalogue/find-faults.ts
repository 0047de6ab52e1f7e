// Finds what is wrong with an edit of a product that a schema can't see, because it depends on the product's
// type and on what is stored. All faults are named at once.

import type { Fault } from "../../domain/refusal.ts";
import type { ProductEdit, ProductSettings, VariantEdit, VariantSettings } from "./product-edit.ts";

/** An edit, and what it makes of the product. */
export type EditedProduct = {
  readonly sku: string;
  readonly edit: ProductEdit;
  readonly settings: ProductSettings;
  /** The variants as they will be. */
  readonly variants: readonly VariantSettings[];
  readonly type: {
    readonly code: string;
    readonly hasInventory: boolean;
    readonly hasVariants: boolean;
  };
  /** Whether the product's own count is known: somebody has set it before. */
  readonly counted: boolean;
};

/** Everything that is wrong with an edit. */
export function findFaults(edited: EditedProduct): Fault[] {
  return [
    ...trackingFaults(edited),
    ...countFaults(edited.edit, "", edited),
    ...missingCount(edited),
    ...variantFaults(edited),
  ];
}

const isTracked = ({ settings, type }: EditedProduct) =>
  settings.trackInventory && type.hasInventory;

function trackingFaults({ edit, type }: EditedProduct): Fault[] {
  if (edit.trackInventory !== true || type.hasInventory) return [];
  const detail = `Expected false or nothing: products of the type ${type.code} have no inventory to track.`;
  return [{ pointer: "/trackInventory", detail }];
}

function countFaults(
  edit: Pick<VariantEdit, "unitsInStock" | "expectedUnits">,
  path: string,
  edited: EditedProduct,
): Fault[] {
  const { unitsInStock, expectedUnits } = edit;
  if (unitsInStock === undefined || unitsInStock === null) {
    if (expectedUnits === undefined) return [];
    const detail = "Expected unitsInStock beside it: it is what the new count is checked with.";
    return [{ pointer: `${path}/expectedUnits`, detail }];
  }
  const pointer = `${path}/unitsInStock`;
  if (!isTracked(edited)) {
    const remedy = edited.type.hasInventory
      ? "Set trackInventory to true, or leave the count out."
      : `Products of the type ${edited.type.code} have no inventory: leave the count out.`;
    const detail = `Expected no count: this product's stock is not tracked; got ${unitsInStock}. ${remedy}`;
    return [{ pointer, detail }];
  }
  if (unitsInStock < 0 && !edited.settings.allowNegativeStock) {
    const detail = `Expected zero or more, because allowNegativeStock is off; got ${unitsInStock}.`;
    return [{ pointer, detail }];
  }
  return [];
}

/** A tracked product needs a count, unless all that can be ordered of it has a count of its own. */
function missingCount(edited: EditedProduct): Fault[] {
  const { edit, variants, counted } = edited;
  const allHaveOwn = variants.length > 0 && variants.every(({ ownStock }) => ownStock);
  if (!isTracked(edited) || counted || allHaveOwn || edit.unitsInStock !== undefined) return [];
  const detail =
    "Expected a whole number: a product that tracks its inventory needs the count of its units; got nothing. Set it, or set trackInventory to false.";
  return [{ pointer: "/unitsInStock", detail }];
}

function variantFaults(edited: EditedProduct): Fault[] {
  const { edit, sku, type } = edited;
  const { variants = [] } = edit;
  if (variants.length > 0 && !type.hasVariants) {
    const detail = `Expected no variants: products of the type ${type.code} have none; got ${variants.length}.`;
    return [{ pointer: "/variants", detail }];
  }
  const seen = new Map([[sku, "the product's own"]]);
  return variants.flatMap((variant, index) => {
    const path = `/variants/${index}`;
    const owner = seen.get(variant.sku);
    seen.set(variant.sku, `that of variant ${index}`);
    const detail = `Expected a SKU that nothing else has; ${JSON.stringify(variant.sku)} is ${owner} too.`;
    const taken = owner === undefined ? [] : [{ pointer: `${path}/sku`, detail }];
    return [...taken, ...countFaults(variant, path, edited)];
  });
}
