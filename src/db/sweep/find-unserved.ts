// Finds holders that have units although pre-orders wait for them. This version leaves none: it serves them as units
// come in. Versions before it offered such units to newcomers, also while both run side by side.

import type { Pool } from "pg";
import { holderId } from "../orders/lock-levels.ts";
import { inUse } from "../stock/in-use.ts";

/** A page of the items with waiting lines: those after the item `after`, at most `limit`. */
export type ItemPage = { readonly after: number; readonly limit: number };

/** An item of the page. `holderId` is null if its holder has nothing to give to pre-orders. */
export type UnservedItem = { readonly itemId: number; readonly holderId: number | null };

/**
 * Reads a page of the items with waiting lines, in ascending id. It finds the next item by one look into the index of
 * waiting lines, however many lines wait for an item.
 */
export async function findUnserved(
  pool: Pool,
  { after, limit }: ItemPage,
): Promise<readonly UnservedItem[]> {
  const { rows } = await pool.query<UnservedItem>(
    `with recursive waiting (item_id) as (
       select next.item_id from (
         select item_id from order_line where pre_ordered > 0 and item_id > $1::integer
         order by item_id limit 1) next
       union all
       select next.item_id from waiting cross join lateral (
         select i.item_id from order_line i where i.pre_ordered > 0 and i.item_id > waiting.item_id
         order by i.item_id limit 1) next
     )
     select page.item_id as "itemId", h.id as "holderId"
     from (select item_id from waiting limit $2::integer) page
       join stock_level item on item.id = page.item_id
       left join stock_level h on h.id = ${holderId} and h.units > 0 and h.tracked
         and not h.allow_negative_stock and ${inUse("h")}
     order by page.item_id`,
    [after, limit],
  );
  return rows;
}
