// Brings together what two people made of a product: its variants one by one and field by field, so that
// neither a variant nor a count of somebody else's is undone by a change to another variant.

import { isSame, mergeLists, mergeMine } from "../forms/three-way-merge.ts";
import { number } from "../words/numbers.ts";
import { labels, type ProductFields, type VariantFields } from "./product-form-values.ts";

/** What is stored now, with what was changed here laid over it. */
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

/** Differences that are told one by one. */
const toldMax = 8;

/** What became of the variants, in words; undefined for any other field. */
export function compareVariants(
  _field: string,
  before: ProductFields[keyof ProductFields],
  after: ProductFields[keyof ProductFields],
): string | undefined {
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const old = new Map(before.map((variant) => [variant.sku, variant]));
  const left = new Set(after.map(({ sku }) => sku));
  const told = [
    ...after.flatMap((variant) => changesOf(old.get(variant.sku), variant)),
    ...before.filter(({ sku }) => !left.has(sku)).map((variant) => `${nameOf(variant)} removed`),
  ];
  if (told.length === 0) return "in another order";
  const more = told.length > toldMax ? `; and ${number(told.length - toldMax)} more` : "";
  return told.slice(0, toldMax).join("; ") + more;
}

const fields = ["name", "unitsInStock", "stockAlertThreshold", "enabled"] as const;

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
