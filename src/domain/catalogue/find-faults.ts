// Finds what is wrong with an edit of a product that a schema can't see, because it depends on the product's
// type and on what is stored. All faults are named at once.

import type { Fault } from "../refusal.ts";
import type { ProductEdit, VariantEdit } from "./product-edit.ts";
import type { ProductWithVariants } from "./product.ts";
import { isTracked, type ProductTypeFlags } from "./product-type.ts";

/** An edit, and what it makes of the product. */
export type EditedProduct = {
  readonly sku: string;
  readonly edit: ProductEdit;
  /** The product as the edit makes it. */
  readonly product: ProductWithVariants;
  readonly type: ProductTypeFlags;
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
    const detail = "Expected unitsInStock beside it: it is what the new count is checked with.";
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

/** A tracked product needs a count, unless all that can be ordered of it has a count of its own. */
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
