// Lists the orders that waited for promised units and have got all of them, so that somebody ships them.

import type { Pool } from "pg";

/** An order that became ready, with the units that it took in all. */
export type ReadyOrder = {
  readonly id: string;
  readonly reference: string;
  readonly acceptedAt: Date;
  readonly readyAt: Date;
  readonly units: number;
  readonly skus: readonly string[];
};

/** Reads up to `limit` orders that became ready since, the latest first. Cancelled and refunded ones are left out. */
export async function listReadyOrders(
  pool: Pool,
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<readonly ReadyOrder[]> {
  const { rows } = await pool.query<ReadyOrder>(
    `select o.id, o.reference, o.accepted_at as "acceptedAt", e.at as "readyAt", line.units, line.skus
     from (
       select order_id, at, id from event where type = 'order.ready'
       order by id desc limit $2) e
       join "order" o on o.id = e.order_id and o.status = 'confirmed'
       cross join lateral (
         select sum(i.allocated)::float8 as units, array_agg(distinct s.sku order by s.sku) as skus
         from order_line i join stock_level s on s.id = i.item_id
         where i.order_id = o.id and i.allocated > 0) line
     where e.at >= $1
     order by e.id desc`,
    [since, limit],
  );
  return rows;
}
