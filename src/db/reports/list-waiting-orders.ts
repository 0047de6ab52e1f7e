// Lists the orders that wait for units of an SKU, in the order in which they will get them.

import type { Pool } from "pg";

/** A waiting order, with the units of the item that it has got and those that it waits for. */
export type WaitingOrder = {
  readonly id: string;
  readonly reference: string;
  readonly acceptedAt: Date;
  readonly units: number;
  readonly allocated: number;
};

/** A page. `after` is the id of the last order of the page before. */
export type WaitingOrderPage = {
  readonly sku: string;
  readonly after: string | undefined;
  readonly limit: number;
};

/**
 * Reads up to `limit` orders; null if no item has or had the SKU. If the item was deleted and made again, the orders of
 * both wait for units of the new one.
 */
export async function listWaitingOrders(
  pool: Pool,
  { sku, after, limit }: WaitingOrderPage,
): Promise<readonly WaitingOrder[] | null> {
  const items = await pool.query<{ id: number }>("select id from stock_level where sku = $1", [
    sku,
  ]);
  if (items.rows.length === 0) return null;
  const { rows } = await pool.query<WaitingOrder>(
    `select o.id, o.reference, o.accepted_at as "acceptedAt", line.units, line.allocated
     from (
       select distinct i.order_id from order_line i
       where i.item_id = any ($1::integer[]) and i.pre_ordered > 0
         and ($2::uuid is null or i.order_id > $2::uuid)
       order by i.order_id limit $3) page
       join "order" o on o.id = page.order_id
       cross join lateral (
         select sum(i.pre_ordered)::float8 as units, sum(i.allocated)::float8 as allocated
         from order_line i where i.order_id = page.order_id and i.item_id = any ($1::integer[])) line
     order by o.id`,
    [items.rows.map(({ id }) => id), after ?? null, limit],
  );
  return rows;
}
