// Merges the changes that two people made to a product. Variants are merged one by one and field by field, so that a
// change to one variant does not undo somebody else's change to another.

import { isSame, mergeLists, mergeMine } from "../forms/three-way-merge.ts";
import { forms } from "../words/en/forms.tsx";
import { productForm } from "../words/en/products/form.ts";
import { labels } from "../words/en/products/names.ts";
import type { ProductFields, VariantFields } from "./product-form-values.ts";

const text = productForm.merge;

/** Returns the stored values with the changes of this form. */
export function mergeProduct(
  base: ProductFields,
  theirs: ProductFields,
  mine: ProductFields,
): ProductFields {
  return {
    ...mergeMine(base, theirs, mine),
    variants: mergeLists(base.variants, theirs.variants, mine.variants, {
      keyOf: ({ sku }) => sku,
      mergeEntry: mergeMine,
    }),
  };
}

/** Differences that are listed. The rest are counted. */
const listedMax = 8;

/** Describes how the variants changed; undefined for any other field. */
export function compareVariants(
  _field: string,
  before: ProductFields[keyof ProductFields],
  after: ProductFields[keyof ProductFields],
): string | undefined {
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const old = new Map(before.map((variant) => [variant.sku, variant]));
  const left = new Set(after.map(({ sku }) => sku));
  const changes = [
    ...after.flatMap((variant) => changesOf(old.get(variant.sku), variant)),
    ...before.filter(({ sku }) => !left.has(sku)).map((variant) => text.removed(nameOf(variant))),
  ];
  if (changes.length === 0) return text.otherOrder;
  return text.all(changes.slice(0, listedMax), changes.length - listedMax);
}

const fields = [
  "name",
  "unitsInStock",
  "stockAlertThreshold",
  "outOfStockThreshold",
  "leadDays",
  "packSize",
  "enabled",
] as const;

function changesOf(old: VariantFields | undefined, variant: VariantFields): string[] {
  if (old === undefined) return [text.added(nameOf(variant))];
  return fields.flatMap((field) =>
    isSame(old[field], variant[field])
      ? []
      : [text.changed(nameOf(old), labels[field], inWords(old[field]), inWords(variant[field]))],
  );
}

function nameOf({ name, sku }: VariantFields): string {
  return name === "" ? sku : name;
}

function inWords(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? forms.values.on : forms.values.off;
  return value === "" ? forms.values.empty : String(value);
}
