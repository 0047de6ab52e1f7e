// Reads products with their variants and counts.

import type { Pool } from "pg";
import type { StoredProduct, StoredVariant } from "../../domain/catalogue/product.ts";
import { incomingOf, type StoredIncoming } from "../receiving/incoming.ts";

/** A product with what is on its way for it and for its variants that have stock of their own. */
export type ProductWithIncoming = Omit<StoredProduct, "variants"> & {
  readonly incoming: StoredIncoming | null;
  readonly variants: readonly (StoredVariant & { readonly incoming: StoredIncoming | null })[];
};

/** The columns of a product `p` of type `t` with the level `base`. */
export const productColumns = /* sql */ `
  p.id, p.sku, p.name, p.type_code as type, p.enabled, base.tracked, base.units,
  p.track_inventory as "trackInventory", p.stock_alert_threshold as "stockAlertThreshold", p.hide_if_out_of_stock as "hideIfOutOfStock",
  p.allow_pre_order as "allowPreOrder", p.allow_negative_stock as "allowNegativeStock",
  p.out_of_stock_threshold as "outOfStockThreshold", p.lead_days as "leadDays", p.pack_size as "packSize", p.version, p.created_at as "createdAt",
  p.updated_at as "updatedAt",
  ${incomingOf("base")} as incoming,
  coalesce((
    select json_agg(json_build_object('sku', v.sku, 'name', v.name, 'options', v.options,
      'enabled', v.enabled, 'ownStock', v.own_stock, 'units', l.units,
      'stockAlertThreshold', v.stock_alert_threshold, 'outOfStockThreshold', v.out_of_stock_threshold,
      'leadDays', v.lead_days, 'packSize', v.pack_size,
      'threshold', l.threshold, 'effectiveOutOfStockThreshold', l.out_of_stock_threshold,
      'incoming', ${incomingOf("l")}) order by v.position, v.id)
    from variant v join stock_level l on l.variant_id = v.id
    where v.product_id = p.id and v.deleted_at is null and t.has_variants), '[]') as variants`;

/** The tables that `productColumns` names. Add `and …` for a selection. */
export const livingProducts = /* sql */ `
  from product p join product_type t on t.code = p.type_code
    join stock_level base on base.product_id = p.id and base.variant_id is null
  where p.deleted_at is null`;

/** Reads one product; resolves with null if there is none. */
export async function readProduct(pool: Pool, sku: string): Promise<ProductWithIncoming | null> {
  const { rows } = await pool.query<ProductWithIncoming>({
    name: "read-product",
    text: `select ${productColumns} ${livingProducts} and p.sku = $1`,
    values: [sku],
  });
  return rows[0] ?? null;
}
