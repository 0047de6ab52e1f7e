// Finds and locks the order lines that wait for units of some holders. An order keeps ids of items, and since then an
// item may have been deleted, made again or given another holder. So lines are found by what draws on the holder now.

import type { WaitingLine } from "../../domain/order/allocate-units.ts";
import { arrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";

/** An item with waiting lines, and the holder that it draws on now. */
export type WaitingItem = {
  readonly itemId: number;
  readonly sku: string;
  readonly holderId: number;
};

/** Orders after the one with the id `after`, at most `ordersMax`. */
export type WaitingPage = { readonly after: string; readonly ordersMax: number };

/**
 * Finds the items that draw on the holders and have lines that wait, of orders after the given one. They are the living
 * items, and deleted ones whose SKU a living one has now. The holders must be locked, so that no item changes holder.
 */
export function findWaitingItems(
  sql: Sql,
  holderIds: Iterable<number>,
  after: string,
): Promise<readonly WaitingItem[]> {
  return sql<WaitingItem>(
    `select waiting.id as "itemId", waiting.sku, coalesce(item.defers_to, item.id) as "holderId"
     from stock_level item
       join stock_level waiting on waiting.sku = item.sku and (waiting.id = item.id or waiting.retired)
     where not item.retired and coalesce(item.defers_to, item.id) = any ($1::integer[])
       and item.product_id in (select product_id from stock_level where id = any ($1::integer[]))
       and exists (select from order_line i
         where i.item_id = waiting.id and i.pre_ordered > 0 and i.order_id > $2::uuid)`,
    [arrayLiteral(holderIds), after],
  );
}

/**
 * Locks every waiting line of the oldest orders that wait for the items. Lines that wait for other items are locked too:
 * if two transactions serve one order, the second one sees what the first one left. Lines are locked in ascending order
 * and line, after levels, as by everyone who changes them. May resolve with no lines although some wait, if others
 * served them while this waited for a lock.
 */
export async function lockWaitingLines(
  sql: Sql,
  items: readonly WaitingItem[],
  { after, ordersMax }: WaitingPage,
): Promise<readonly WaitingLine[]> {
  const holderOf = new Map(items.map(({ itemId, holderId }) => [itemId, holderId]));
  const lines = await sql<Omit<WaitingLine, "holderId">>(
    // As an array of ids, so that lines are found by their keys whatever PostgreSQL knows of the table.
    `select l.order_id as "orderId", l.line, l.item_id as "itemId", l.pre_ordered as "preOrdered"
     from order_line l
     where l.order_id = any (array (
         select distinct oldest.order_id from unnest($1::integer[]) as item (id)
           cross join lateral (
             select i.order_id from order_line i
             where i.item_id = item.id and i.pre_ordered > 0 and i.order_id > $2::uuid
             order by i.order_id limit $3::integer) oldest
         order by oldest.order_id limit $3::integer))
       and l.pre_ordered > 0
     order by l.order_id, l.line for update`,
    [arrayLiteral(holderOf.keys()), after, ordersMax],
  );
  return lines.map((line) => ({ ...line, holderId: holderOf.get(line.itemId) ?? null }));
}
