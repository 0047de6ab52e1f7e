// Merges the changes that two people made to a product. Variants are merged one by one and field by field, so that a
// change to one variant does not undo somebody else's change to another.

import { isSame, mergeLists, mergeMine } from "../forms/three-way-merge.ts";
import { number } from "../words/numbers.ts";
import { labels, type ProductFields, type VariantFields } from "./product-form-values.ts";

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
    ...before.filter(({ sku }) => !left.has(sku)).map((variant) => `${nameOf(variant)} removed`),
  ];
  if (changes.length === 0) return "in another order";
  const more = changes.length > listedMax ? `; and ${number(changes.length - listedMax)} more` : "";
  return changes.slice(0, listedMax).join("; ") + more;
}

const fields = [
  "name",
  "unitsInStock",
  "stockAlertThreshold",
  "outOfStockThreshold",
  "enabled",
] as const;

function changesOf(old: VariantFields | undefined, variant: VariantFields): string[] {
  if (old === undefined) return [`${nameOf(variant)} added`];
  return fields.flatMap((field) =>
    isSame(old[field], variant[field])
      ? []
      : [`${nameOf(old)}: ${labels[field]} ${inWords(old[field])} → ${inWords(variant[field])}`],
  );
}

function nameOf({ name, sku }: VariantFields): string {
  return name === "" ? sku : name;
}

function inWords(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  return value === "" ? "empty" : String(value);
}
