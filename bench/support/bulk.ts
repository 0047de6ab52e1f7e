// Counts and products as systems send them that keep the stock or the catalogue, and hand-written statements that write
// the same.

import type { Pool } from "pg";
import { products, skuOf } from "./catalogue.ts";

/** The items of one request or statement. */
export const bulkItems = 1_000;

/** Sets counts of so many neighbouring products. None runs out, and hardly any stays as it is. */
export function counts(items: number, random: () => number) {
  const first = Math.floor(random() * products.all);
  return Array.from({ length: items }, (_none, at) => ({
    sku: skuOf(1 + ((first + at) % products.all)),
    set: 1_000_000_000 - Math.floor(random() * 1_000_000),
  }));
}

/** New products with a count; `first` numbers them. */
export function newProducts(first: number, items: number) {
  return Array.from({ length: items }, (_none, at) => ({
    sku: `NEW-${first + at}`,
    name: `New product ${first + at}`,
    unitsInStock: 100 + (at % 50),
    stockAlertThreshold: 5,
  }));
}

/** Writes counts and their movements by one statement. */
export async function writeCounts(pool: Pool, items: ReturnType<typeof counts>): Promise<void> {
  const { rowCount } = await pool.query(
    `with counted as (
       select l.id, c.units, c.units - l.units as change
       from unnest($1::text[], $2::bigint[]) c (sku, units)
         join stock_level l on l.sku = c.sku and not l.retired
       order by l.id for update of l),
     written as (update stock_level s set units = c.units from counted c where s.id = c.id)
     insert into movement (level_id, kind, change, units_after, actor, reason)
     select id, 'adjustment', change, units, 'key:bench', 'count' from counted where change <> 0`,
    [items.map(({ sku }) => sku), items.map(({ set }) => set)],
  );
  if (rowCount === null || rowCount < items.length * 0.99) {
    throw new Error(`Expected ${items.length} counts to change; got ${rowCount}.`);
  }
}

/** Writes products, their counts with the movements, and their events, by a statement for each, in one transaction. */
export async function writeProducts(
  pool: Pool,
  items: ReturnType<typeof newProducts>,
): Promise<void> {
  const skus = items.map(({ sku }) => sku);
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query(
      `insert into product (sku, name, type_code, enabled, track_inventory, stock_alert_threshold,
         hide_if_out_of_stock, allow_pre_order, allow_negative_stock, sell_below_threshold)
       select sku, name, 'goods', true, true, threshold, false, false, false, false
       from unnest($1::text[], $2::text[], $3::integer[]) p (sku, name, threshold)`,
      [skus, items.map(({ name }) => name), items.map((one) => one.stockAlertThreshold)],
    );
    await client.query(
      `with counted as (
         update stock_level l set units = c.units from unnest($1::text[], $2::bigint[]) c (sku, units)
         where l.sku = c.sku and not l.retired returning l.id, l.units)
       insert into movement (level_id, kind, change, units_after, actor)
       select id, 'adjustment', units, units, 'key:bench' from counted`,
      [skus, items.map(({ unitsInStock }) => unitsInStock)],
    );
    await client.query(
      `insert into event (type, actor, data)
       select 'product.created', 'key:bench', json_build_object('sku', sku, 'name', name,
         'fields', '["name","enabled","trackInventory","stockAlertThreshold"]'::json, 'variants', '[]'::json)
       from unnest($1::text[], $2::text[]) p (sku, name)`,
      [skus, items.map(({ name }) => name)],
    );
    await client.query("commit");
  } finally {
    client.release();
  }
}
