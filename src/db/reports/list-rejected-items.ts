// Lists the items for which orders were rejected, with the units that the shop could not sell.

import type { Pool } from "pg";
import { inUse } from "../stock/in-use.ts";
import { idAt } from "./id-at.ts";

/** An item with too few units for some orders. A variant without units of its own counts as its product. */
export type RejectedItem = {
  readonly sku: string;
  readonly product: { readonly sku: string; readonly name: string };
  readonly variant: { readonly sku: string; readonly name: string } | null;
  readonly orders: number;
  /** The units of it that these orders requested. */
  readonly units: number;
  readonly lastOrder: { readonly id: string; readonly reference: string };
  /** The count now; null if the item was deleted or hidden, or is not counted any more. */
  readonly unitsInStock: number | null;
};

/** The items, and whether all rejected orders of the period were read. */
export type RejectedItems = {
  readonly items: readonly RejectedItem[];
  readonly isComplete: boolean;
};

/** How many rejected orders are read, the newest. A flash sale may leave far more. */
const ordersMax = 5_000;

/** Reads the `limit` items with the most units, of orders that were accepted since and rejected. */
export async function listRejectedItems(
  pool: Pool,
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<RejectedItems> {
  const { rows } = await pool.query<RejectedItem & { readonly read: number }>(
    `with rejected as materialized (
       select id, reference, rejection from "order"
       where status = 'rejected' and id >= $1::uuid order by id desc limit ${ordersMax}
     ), short as (
       select r.id, r.reference, coalesce(l.defers_to, l.id) as level_id, (s ->> 'demanded')::bigint as units
       from rejected r cross join json_array_elements(r.rejection) s
         join stock_level l on l.id = (s -> 'items' ->> 0)::integer
     ), item as (
       select level_id, count(distinct id)::integer as orders, sum(units)::float8 as units,
         (array_agg(json_build_object('id', id, 'reference', reference) order by id desc))[1] as last
       from short group by level_id order by 3 desc, level_id limit $2
     )
     select l.sku, item.orders, item.units, item.last as "lastOrder",
       json_build_object('sku', p.sku, 'name', p.name) as product,
       case when v.id is not null then json_build_object('sku', v.sku, 'name', v.name) end as variant,
       case when l.tracked and ${inUse("l")} then l.units end as "unitsInStock",
       (select count(*) from rejected) as read
     from item join stock_level l on l.id = item.level_id join product p on p.id = l.product_id
       left join variant v on v.id = l.variant_id
     order by item.units desc, item.level_id`,
    [idAt(since), limit],
  );
  return {
    items: rows.map(({ read: _read, ...item }) => item),
    isComplete: (rows[0]?.read ?? 0) < ordersMax,
  };
}
