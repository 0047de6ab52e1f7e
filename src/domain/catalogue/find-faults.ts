// Finds the faults of a product's edit that a schema can't find, because they depend on the product's type and on the
// stored product.

import type { Fault } from "../refusal.ts";
import type { ProductEdit, VariantEdit } from "./product-edit.ts";
import type { ProductWithVariants } from "./product.ts";
import { isTracked, type ProductTypeFlags } from "./product-type.ts";

/** An edit, and the product after it. */
export type EditedProduct = {
  readonly sku: string;
  readonly edit: ProductEdit;
  /** The product after the edit. */
  readonly product: ProductWithVariants;
  readonly type: ProductTypeFlags;
  /** Whether the product's own count was set before. */
  readonly counted: boolean;
};

/** Finds all faults of an edit. */
export function findFaults(edited: EditedProduct): Fault[] {
  return [
    ...trackingFaults(edited),
    ...countFaults(edited.edit, "", edited),
    ...missingCount(edited),
    ...variantFaults(edited),
  ];
}

function trackingFaults({ edit, type }: EditedProduct): Fault[] {
  if (edit.trackInventory !== true || type.hasInventory) return [];
  const detail = `Expected false or nothing: products of the type ${type.code} have no inventory to track.`;
  return [{ pointer: "/trackInventory", detail }];
}

function countFaults(
  edit: Pick<VariantEdit, "unitsInStock" | "expectedUnits">,
  path: string,
  { product, type }: EditedProduct,
): Fault[] {
  const { unitsInStock, expectedUnits } = edit;
  if (unitsInStock === undefined || unitsInStock === null) {
    if (expectedUnits === undefined) return [];
    const detail = "Expected unitsInStock too: expectedUnits only checks a new count.";
    return [{ pointer: `${path}/expectedUnits`, detail }];
  }
  const pointer = `${path}/unitsInStock`;
  if (!isTracked(type, product)) {
    const remedy = type.hasInventory
      ? "Set trackInventory to true, or leave the count out."
      : `Products of the type ${type.code} have no inventory: leave the count out.`;
    const detail = `Expected no count: this product's stock is not tracked; got ${unitsInStock}. ${remedy}`;
    return [{ pointer, detail }];
  }
  if (unitsInStock < 0 && !product.allowNegativeStock) {
    const detail = `Expected zero or more, because allowNegativeStock is off; got ${unitsInStock}.`;
    return [{ pointer, detail }];
  }
  return [];
}

/** A tracked product needs a count, unless it has variants that all have their own. */
function missingCount(edited: EditedProduct): Fault[] {
  const { edit, product, type, counted } = edited;
  const { variants } = product;
  const allHaveOwn = variants.length > 0 && variants.every(({ ownStock }) => ownStock);
  const isGiven = counted || allHaveOwn || edit.unitsInStock !== undefined;
  if (isGiven || !isTracked(type, product)) return [];
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
  const seen = new Map([[sku, "the product"]]);
  return variants.flatMap((variant, index) => {
    const path = `/variants/${index}`;
    const owner = seen.get(variant.sku);
    seen.set(variant.sku, `variant ${index}`);
    const detail = `Expected a SKU that no other item has; ${owner} has ${JSON.stringify(variant.sku)} too.`;
    const taken = owner === undefined ? [] : [{ pointer: `${path}/sku`, detail }];
    return [...taken, ...countFaults(variant, path, edited)];
  });
}
