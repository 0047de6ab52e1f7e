// Lists the units that were promised without stock, by item, the oldest promise first. Cancelled and refunded orders
// are left out. If an item was deleted and made again, its promises are those of the new item. If it was only deleted,
// its promises stay in the list, because somebody must inform the customers.

import type { Pool } from "pg";
import { inUse } from "../stock/in-use.ts";

/** An item with promised units. */
export type PreOrderedItem = {
  readonly itemId: number;
  readonly sku: string;
  readonly productSku: string;
  readonly productName: string;
  readonly variantName: string | null;
  /** Promised units of all orders. */
  readonly units: number;
  readonly orderCount: number;
  /** The units of the item's holder now; null if they are no longer counted. */
  readonly unitsInStock: number | null;
  readonly oldestOrderId: string;
  /** The oldest orders, at most ten. */
  readonly orders: readonly {
    readonly id: string;
    readonly reference: string;
    readonly acceptedAt: string;
    readonly units: number;
  }[];
};

/** A page. `after` names the last item of the page before, and the order of its oldest promise. */
export type PreOrderPage = {
  readonly after: readonly [orderId: string, itemId: number] | undefined;
  readonly limit: number;
};

/** Reads up to `limit` items. */
export async function listPreOrders(pool: Pool, page: PreOrderPage): Promise<PreOrderedItem[]> {
  const [orderId = null, itemId = null] = page.after ?? [];
  const { rows } = await pool.query<PreOrderedItem>(
    `with promised as (
       select coalesce(again.id, i.item_id) as item_id, i.order_id, sum(i.pre_ordered)::bigint as units
       from order_line i join "order" o on o.id = i.order_id
         join stock_level promised on promised.id = i.item_id
         left join stock_level again
           on promised.retired and again.sku = promised.sku and not again.retired
       where i.pre_ordered > 0 and o.status = 'confirmed'
       group by coalesce(again.id, i.item_id), i.order_id
     ), item as (
       select item_id, sum(units)::bigint as units, count(*) as orders,
         (array_agg(order_id order by order_id))[1] as oldest
       from promised group by item_id
     )
     select l.id as "itemId", l.sku, p.sku as "productSku", p.name as "productName",
       v.name as "variantName", item.units, item.orders as "orderCount",
       case when h.tracked and not l.retired and ${inUse("h")} then h.units end as "unitsInStock", item.oldest as "oldestOrderId",
       (select json_agg(json_build_object('id', o.id, 'reference', o.reference,
           'acceptedAt', o.accepted_at, 'units', oldest.units) order by o.id)
         from (select order_id, units from promised where item_id = item.item_id
           order by order_id limit 10) oldest
         join "order" o on o.id = oldest.order_id) as orders
     from item join stock_level l on l.id = item.item_id
       join stock_level h on h.id = coalesce(l.defers_to, l.id)
       join product p on p.id = l.product_id left join variant v on v.id = l.variant_id
     where $1::uuid is null or (item.oldest, item.item_id) > ($1::uuid, $2::integer)
     order by item.oldest, item.item_id limit $3`,
    [orderId, itemId, page.limit],
  );
  return rows;
}
