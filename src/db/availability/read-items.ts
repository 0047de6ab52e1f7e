// Reads what storefronts and carts ask about, with one statement however many items they ask about: this is
// on the way of every page that a shop shows.

import type { Pool } from "pg";
import type { StockHolder } from "../../domain/stock-holder.ts";

/** An item of the catalogue with the holder of its stock. */
export type Item = {
  readonly id: number;
  readonly sku: string;
  readonly enabled: boolean;
  readonly hideIfOutOfStock: boolean;
  /** Whether it is a product that can be ordered only as one of its variants. */
  readonly variantRequired: boolean;
  /** The variants of such a product; empty for all others. */
  readonly variants: readonly Item[];
  readonly holder: StockHolder;
};

type Row = Omit<Item, "variants" | "holder"> & {
  /** The asked product's id, where this is a variant that comes with it. */
  readonly variantOf: number | null;
  readonly holderId: number;
  readonly alert: "low" | "out" | null;
} & Omit<StockHolder, "id" | "alert">;

/** Reads the items that exist of those that are asked for, by SKU. */
export async function readItems(
  pool: Pool,
  skus: readonly string[],
): Promise<ReadonlyMap<string, Item>> {
  const { rows } = await pool.query<Row>({
    name: "read-items",
    text: `with asked as (
        select id, product_id, variant_required from stock_level
        where sku = any ($1::text[]) and not retired
      ), wanted as (
        select id, null::integer as variant_of from asked
        union all
        select v.id, a.id from asked a join stock_level v on v.product_id = a.product_id
        where a.variant_required and v.variant_id is not null and not v.retired
      )
      select item.id, item.sku, wanted.variant_of as "variantOf", item.enabled,
        item.variant_required as "variantRequired", p.hide_if_out_of_stock as "hideIfOutOfStock",
        l.id as "holderId", l.units, l.tracked, l.threshold,
        l.sell_below_threshold as "sellBelowThreshold", l.allow_pre_order as "allowPreOrder",
        l.allow_negative_stock as "allowNegativeStock", l.alert_state as alert
      from wanted join stock_level item on item.id = wanted.id
        join stock_level l on l.id = coalesce(item.defers_to, item.id)
        join product p on p.id = item.product_id
      order by item.id`,
    values: [skus],
  });
  const variants = Map.groupBy(rows, ({ variantOf }) => variantOf);
  const asked = variants.get(null) ?? [];
  return new Map(
    asked.map((row) => [row.sku, toItem(row, (variants.get(row.id) ?? []).map(withoutVariants))]),
  );
}

const withoutVariants = (row: Row): Item => toItem(row, []);

function toItem(row: Row, variants: readonly Item[]): Item {
  const { id, sku, enabled, hideIfOutOfStock, variantRequired, holderId, ...rest } = row;
  return {
    id,
    sku,
    enabled,
    hideIfOutOfStock,
    variantRequired,
    variants,
    holder: { ...rest, id: holderId },
  };
}
