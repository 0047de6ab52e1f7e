// What an edit changes of a product, for the event that tells of it. Counts are not part of it: the ledger tells of them.

import type { ProductWithVariants, VariantSettings } from "./product.ts";

/** A product with the code of its type. */
export type TypedProduct = ProductWithVariants & { readonly type: string };

/** What became of a product or variant, and which of its fields have another value. */
type Changed = { readonly change: "created" | "updated"; readonly fields: readonly string[] };

/** A variant that was created, updated or deleted with its product. */
export type VariantChange =
  | (Changed & { readonly sku: string })
  | { readonly sku: string; readonly change: "deleted"; readonly fields: readonly [] };

/**
 * What an edit changed. `fields` of the product has `variants` if other variants are listed, or in another order. Fields
 * have the names that the API gives them.
 */
export type ProductChange = Changed & {
  readonly name: string;
  readonly variants: readonly VariantChange[];
};

/** Compares a product before and after an edit; null if nothing changed. `before` is null if the product is new. */
export function productChange(
  before: TypedProduct | null,
  after: TypedProduct,
): ProductChange | null {
  const { variants: listed, ...settings } = after;
  const { variants: earlier = [], ...stored } = before ?? {};
  const known = new Map(earlier.map((variant) => [variant.sku, variant]));
  const left = new Set(listed.map(({ sku }) => sku));
  const variants = [
    ...listed.flatMap((variant) => variantChange(known.get(variant.sku), variant)),
    ...earlier.flatMap(({ sku }) =>
      left.has(sku) ? [] : [{ sku, change: "deleted", fields: [] } as const],
    ),
  ];
  const isRelisted = earlier.map(({ sku }) => sku).join("\n") !== [...left].join("\n");
  const fields = [...changedFields(stored, settings), ...(isRelisted ? ["variants"] : [])];
  if (before !== null && fields.length === 0 && variants.length === 0) return null;
  return { change: before === null ? "created" : "updated", name: after.name, fields, variants };
}

function variantChange(
  before: VariantSettings | undefined,
  after: VariantSettings,
): VariantChange[] {
  const fields = changedFields(before ?? { sku: after.sku }, after);
  if (before !== undefined && fields.length === 0) return [];
  return [{ sku: after.sku, change: before === undefined ? "created" : "updated", fields }];
}

/** The names of the fields whose values differ. Options of a variant are the same in any order. */
function changedFields(before: object, after: object): string[] {
  const stored = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([field, value]) =>
    comparable(stored.get(field)) === comparable(value) ? [] : [field],
  );
}

const comparable = (value: unknown): string | undefined =>
  typeof value === "object" && value !== null
    ? JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : JSON.stringify(value);
