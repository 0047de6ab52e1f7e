// Finds the orders that took stock of an SKU, or were ever promised units of it, newest first. Lines have no index of items,
// because each sale would have to write to it. If an item sold little, its orders are found by its ledger. If it sold
// much, the latest orders are searched, where its orders are frequent. So they are if sales of it are gone with closed months.

import type { Pool } from "pg";
import { idAt } from "../reports/id-at.ts";
import { type OrderNarrowing, statusAndPeriod } from "./order-conditions.ts";

/** The orders of a page. `before` is the id that the page starts after. */
export type OrdersOfSku = Omit<OrderNarrowing, "waiting"> & {
  readonly sku: string;
  readonly before?: string | undefined;
  readonly limit: number;
};

/**
 * The ids of a page, newest first. `searchedTo` is set if the search stopped before the page was full although older
 * orders may follow: it is the id of the last order that was searched.
 */
export type FoundOrders = { readonly ids: readonly string[]; readonly searchedTo: string | null };

/** The most sales and promises that are sorted for a page, and the most orders that are searched for one. */
const limits = { sales: 5_000, orders: 10_000 };

/** How far the clock of a process that accepts orders may be ahead of the database's, in milliseconds. */
const clockToleranceMs = 5 * 60_000;

/** The sales and promises of the items that have or had the SKU. The counts end at a limit. `closed` are sales that are gone. */
type Trade = {
  readonly items: readonly number[];
  readonly sales: number;
  readonly promises: number;
  readonly closed: number;
  readonly lastSaleAt: Date | null;
};

/** Finds a page. The limits are a parameter only for tests. */
export async function findOrdersOfSku(
  pool: Pool,
  wanted: OrdersOfSku,
  { sales: salesMax, orders: ordersMax } = limits,
): Promise<FoundOrders> {
  const trade = await readTrade(pool, wanted.sku, salesMax);
  if (trade.closed === 0 && trade.sales + trade.promises <= salesMax)
    return findByLedger(pool, wanted);
  const before = wanted.before ?? idAfterLast(trade);
  return lookThrough(pool, { ...wanted, before }, trade.items, ordersMax);
}

/** Counts up to one more than can be sorted. */
async function readTrade(pool: Pool, sku: string, salesMax: number): Promise<Trade> {
  const { rows } = await pool.query<Trade>(
    `select coalesce(array_agg(item.id), '{}') as items,
       coalesce(sum(sold.count), 0)::integer as sales,
       coalesce(sum(promised.count), 0)::integer as promises, coalesce(sum(gone.count), 0)::float8 as closed, max(last.at) as "lastSaleAt"
     from stock_level item
       cross join lateral (select count(*) from (
         select from movement m where m.level_id in (item.id, item.defers_to) limit $2) m) sold
       cross join lateral (select count(*) from (
         (select from order_line i where i.item_id = item.id and i.pre_ordered > 0 limit $2)
         union all
         (select from order_line i where i.item_id = item.id and i.released > 0 limit $2)) i) promised
       cross join lateral (
         select sum(b.removed) as count from closed_balance b where b.level_id in (item.id, item.defers_to)) gone
       left join lateral (
         select m.at from movement m where m.level_id = coalesce(item.defers_to, item.id)
         order by m.id desc limit 1) last on true
     where item.sku = $1`,
    [sku, salesMax + 1],
  );
  return rows[0] ?? { items: [], sales: 0, promises: 0, closed: 0, lastSaleAt: null };
}

async function findByLedger(pool: Pool, wanted: OrdersOfSku): Promise<FoundOrders> {
  const { sku, limit } = wanted;
  const { conditions, values } = narrow(wanted, [limit, sku]);
  const { rows } = await pool.query<{ id: string }>(
    // With "offset 0" each order is looked up by its id. Without it and with old statistics, PostgreSQL might start
    // from the orders of a rare status and read all sales for each.
    `select o.id from (
         select m.order_id as id from stock_level item
           join movement m on m.level_id in (item.id, item.defers_to) and m.kind in ('sale', 'allocation')
         where item.sku = $2 and exists (
           select from order_line i where i.order_id = m.order_id and i.item_id = item.id)
         union
         select i.order_id from stock_level item join order_line i on i.item_id = item.id
         where item.sku = $2 and i.pre_ordered > 0
         union
         select i.order_id from stock_level item join order_line i on i.item_id = item.id
         where item.sku = $2 and i.released > 0) sold
       cross join lateral (
         select o.id from "order" o where o.id = sold.id and ${conditions} offset 0) o
     order by o.id desc limit $1`,
    values,
  );
  return { ids: rows.map(({ id }) => id), searchedTo: null };
}

async function lookThrough(
  pool: Pool,
  wanted: OrdersOfSku,
  items: readonly number[],
  ordersMax: number,
): Promise<FoundOrders> {
  const latest = narrow(wanted, [ordersMax]);
  const lookedAt = `select o.id from "order" o where ${latest.conditions} order by o.id desc`;
  const place = `$${latest.values.length + 1}`;
  const { rows } = await pool.query<{ id: string }>(
    `select o.id from (${lookedAt} limit $1) o
     where exists (
       select from order_line i where i.order_id = o.id and i.item_id = any (${place}::integer[])
         and (i.pre_ordered > 0 or i.released > 0 or (i.allocated > 0 and i.holder_id is not null)))
     order by o.id desc limit ${wanted.limit}`,
    [...latest.values, items],
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length === wanted.limit) return { ids, searchedTo: null };
  const end = await pool.query<{ id: string }>(`${lookedAt} offset $1 - 1 limit 1`, latest.values);
  const searchedTo = end.rows[0]?.id ?? null;
  // If orders arrived between the two statements, the end has moved. What is older than the end belongs to the next
  // page.
  return { ids: ids.filter((id) => searchedTo === null || id >= searchedTo), searchedTo };
}

/** The conditions of the page's orders, and the given values followed by those of the conditions. */
function narrow({ before, ...wanted }: OrdersOfSku, given: readonly unknown[]) {
  const values = [...given];
  const place = (value: unknown) => `$${values.push(value)}`;
  const conditions = ["true", ...statusAndPeriod("o", wanted, place)];
  if (before !== undefined) conditions.push(`o.id < $${values.push(before)}::uuid`);
  return { conditions: conditions.join(" and "), values };
}

/** An id that is greater than those of all orders with a sale: an order is accepted before its units are taken. */
function idAfterLast({ promises, lastSaleAt }: Trade): string | undefined {
  if (promises > 0 || lastSaleAt === null) return undefined;
  return idAt(new Date(lastSaleAt.getTime() + clockToleranceMs));
}
