// What the record of activity has of edited products: their settings and those of their variants. Counts are not in it,
// because the ledger has them.

import { type Act, changedFacts, type Facts } from "../../domain/activity/act.ts";
import type { ProductSettings, VariantSettings } from "../../domain/catalogue/product.ts";
import type { ProductToWrite } from "./write-edits.ts";

/** The acts of an edit: one on the product, if its settings change, and one on each changed variant. */
export function actsOfEdit({ sku, stored, type, product, writesVariants }: ProductToWrite): Act[] {
  const subject = { id: sku, name: stored?.settings.name ?? product.name };
  const former = stored?.variants.map(({ settings }) => settings) ?? [];
  const variants = writesVariants ? product.variants : former;
  const after = factsOf(type, product, variants);
  if (stored === null) return [{ kind: "product.created", subject, before: null, after }];
  const changed = changedFacts(factsOf(stored.type, stored.settings, former), after);
  const known = new Map(former.map((variant) => [variant.sku, variant]));
  return [
    ...(changed === null ? [] : [{ kind: "product.changed", subject, ...changed } as const]),
    ...variants.flatMap((variant) => variantActs(sku, known.get(variant.sku), variant)),
  ];
}

/** The variant is the subject's name, so that the acts on all variants are found by their product. */
function variantActs(
  product: string,
  before: VariantSettings | undefined,
  after: VariantSettings,
): Act[] {
  const changed =
    before === undefined ? null : changedFacts(variantFacts(before), variantFacts(after));
  if (changed === null) return [];
  return [
    { kind: "product.variantChanged", subject: { id: product, name: after.sku }, ...changed },
  ];
}

function factsOf(
  type: string,
  settings: ProductSettings,
  variants: readonly VariantSettings[],
): Facts {
  const { name, enabled, trackInventory, stockAlertThreshold, outOfStockThreshold } = settings;
  const { hideIfOutOfStock, allowPreOrder, allowNegativeStock, leadDays, packSize } = settings;
  return {
    type,
    name,
    enabled,
    trackInventory,
    stockAlertThreshold,
    outOfStockThreshold,
    hideIfOutOfStock,
    allowPreOrder,
    allowNegativeStock,
    leadDays,
    packSize,
    variants: variants.map(({ sku }) => sku),
  };
}

function variantFacts({ sku: _sku, options, ...settings }: VariantSettings): Facts {
  const texts = Object.entries(options).map(([option, value]) => `${option}: ${value}`);
  return { ...settings, options: texts.toSorted().join(", ") };
}
