// Writes the variants of edited products. One statement writes each kind of change for all of them.

import type { VariantSettings } from "../../domain/catalogue/product.ts";
import { arrayLiteral, textArrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";
import type { LockedVariant } from "./lock-edited.ts";
import { now } from "./now.ts";

/** A variant at its place in the list. */
export type PlacedVariant = { readonly position: number; readonly settings: VariantSettings };

/** The changes of one product's variants. */
export type VariantChanges = {
  readonly added: readonly PlacedVariant[];
  readonly edited: readonly LockedVariant[];
  /** Ids. */
  readonly removed: readonly number[];
};

/** What becomes of the stored variants, so that they are those of the list, in its order. */
export function variantChanges(
  stored: readonly LockedVariant[],
  wanted: readonly VariantSettings[],
): VariantChanges {
  const added: PlacedVariant[] = [];
  const edited: LockedVariant[] = [];
  const left = new Map(stored.map((variant) => [variant.settings.sku, variant]));
  for (const [position, settings] of wanted.entries()) {
    const variant = left.get(settings.sku);
    left.delete(settings.sku);
    if (variant === undefined) added.push({ position, settings });
    else if (variant.position !== position || !isSameVariant(variant.settings, settings)) {
      edited.push({ id: variant.id, position, settings });
    }
  }
  return { added, edited, removed: [...left.values()].map(({ id }) => id) };
}

function isSameVariant(a: VariantSettings, b: VariantSettings): boolean {
  return (
    a.name === b.name &&
    a.enabled === b.enabled &&
    a.ownStock === b.ownStock &&
    a.stockAlertThreshold === b.stockAlertThreshold &&
    a.outOfStockThreshold === b.outOfStockThreshold &&
    a.leadDays === b.leadDays &&
    a.packSize === b.packSize &&
    // The order of the options counts.
    JSON.stringify(a.options) === JSON.stringify(b.options)
  );
}

/** The arrays of the variants' columns: `$2` to `$10`. */
const variantArrays = (variants: readonly PlacedVariant[]) => [
  arrayLiteral(variants.map(({ position }) => position)),
  textArrayLiteral(variants.map(({ settings }) => settings.name)),
  textArrayLiteral(variants.map(({ settings }) => JSON.stringify(settings.options))),
  arrayLiteral(variants.map(({ settings }) => String(settings.enabled))),
  arrayLiteral(variants.map(({ settings }) => String(settings.ownStock))),
  arrayLiteral(variants.map(({ settings }) => settings.stockAlertThreshold ?? "NULL")),
  arrayLiteral(variants.map(({ settings }) => settings.outOfStockThreshold ?? "NULL")),
  arrayLiteral(variants.map(({ settings }) => settings.leadDays ?? "NULL")),
  arrayLiteral(variants.map(({ settings }) => settings.packSize ?? "NULL")),
];

const variantTypes = /* sql */ `$2::integer[], $3::text[], $4::json[], $5::boolean[], $6::boolean[], $7::integer[],
  $8::integer[], $9::integer[], $10::integer[]`;

const variantColumns = /* sql */ `position, name, options, enabled, own_stock, stock_alert_threshold,
  out_of_stock_threshold, lead_days, pack_size`;

/** Adds variants, in their order. */
export async function insertVariants(
  sql: Sql,
  variants: readonly (PlacedVariant & { readonly productId: number })[],
): Promise<void> {
  if (variants.length === 0) return;
  await sql(
    `insert into variant (product_id, ${variantColumns}, sku)
     select product_id, ${variantColumns}, sku
     from unnest($1::integer[], ${variantTypes}, $11::text[]) with ordinality
       as e (product_id, ${variantColumns}, sku, place)
     order by place`,
    [
      arrayLiteral(variants.map(({ productId }) => productId)),
      ...variantArrays(variants),
      textArrayLiteral(variants.map(({ settings }) => settings.sku)),
    ],
  );
}

/** Changes variants. */
export async function updateVariants(sql: Sql, variants: readonly LockedVariant[]): Promise<void> {
  if (variants.length === 0) return;
  await sql(
    `update variant v set position = e.position, name = e.name, options = e.options, enabled = e.enabled,
       own_stock = e.own_stock, stock_alert_threshold = e.stock_alert_threshold,
       out_of_stock_threshold = e.out_of_stock_threshold, lead_days = e.lead_days, pack_size = e.pack_size
     from unnest($1::integer[], ${variantTypes}) as e (id, ${variantColumns}) where v.id = e.id`,
    [arrayLiteral(variants.map(({ id }) => id)), ...variantArrays(variants)],
  );
}

/** Marks variants as deleted. */
export async function deleteVariants(sql: Sql, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await sql(`update variant set deleted_at = ${now} where id = any ($1::integer[])`, [
    arrayLiteral(ids),
  ]);
}
