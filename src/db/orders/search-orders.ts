// Pages of orders that are found by words, and the number of orders in a list.

import type { Pool } from "pg";
import type { OrderSearch } from "../../domain/search/order-text.ts";
import { findOrdersByText } from "../search/find-orders.ts";
import { findOrdersOfSku } from "./find-orders-of-sku.ts";
import { type OrderNarrowing, orderConditions } from "./order-conditions.ts";
import { readWithinLines, type StoredOrder } from "./read-orders.ts";

/** The orders of a page. `before` is the place in the index that the page starts after. */
export type FoundSelection = OrderSearch &
  OrderNarrowing & { readonly before?: number | undefined; readonly limit: number };

/** A page of found orders, newest first. `next` is the place that the next page starts after, null if there is none. */
export type FoundPage = { readonly orders: readonly StoredOrder[]; readonly next: number | null };

/** Reads up to `limit` orders; fewer as `readOrders` does, or if the search reached its limit. */
export async function searchOrders(pool: Pool, selection: FoundSelection): Promise<FoundPage> {
  const { limit } = selection;
  const { found, searchedTo } = await findOrdersByText(pool, { ...selection, limit: limit + 1 });
  const page = found.slice(0, limit);
  const read = await readWithinLines(
    pool,
    page.map(({ id }) => id),
  );
  const byId = new Map(read.map((order) => [order.id, order]));
  // The page ends before the first order that does not fit.
  const cut = page.findIndex(({ id }) => !byId.has(id));
  const kept = cut === -1 ? page : page.slice(0, Math.max(cut, 1));
  const orders = kept.flatMap(({ id }) => byId.get(id) ?? []);
  const isLast = found.length === kept.length;
  return { orders, next: isLast ? searchedTo : (kept.at(-1)?.place ?? null) };
}

/** The most orders that are counted. Counting millions would take seconds, and nobody needs the number. */
const countMax = 10_000;

/** How many orders a list has. `isMore`: at least so many, and perhaps more. */
export type OrderCount = { readonly number: number; readonly isMore: boolean };

/** Counts the orders of a list, up to `countMax`. */
export async function countOrders(
  pool: Pool,
  selection: OrderSearch & OrderNarrowing,
): Promise<OrderCount> {
  const { reference, sku, waiting, q, customer, item } = selection;
  const limit = countMax + 1;
  if ([q, customer, item].some((words) => words !== undefined)) {
    const [{ found, searchedTo }, isFilling] = await Promise.all([
      findOrdersByText(pool, { ...selection, limit }),
      isIndexFilling(pool),
    ]);
    return counted(found.length, searchedTo !== null || isFilling);
  }
  if (sku !== undefined && reference === undefined && waiting !== true) {
    const { ids, searchedTo } = await findOrdersOfSku(pool, { ...selection, sku, limit });
    return counted(ids.length, searchedTo !== null);
  }
  const values: unknown[] = [limit];
  const place = (value: unknown) => `$${values.push(value)}`;
  const conditions = ["true", ...orderConditions("o", selection, place)];
  const { rows } = await pool.query<{ number: number }>(
    `select count(*)::integer as number from (
       select from "order" o where ${conditions.join(" and ")} limit $1) counted`,
    values,
  );
  return counted(rows[0]?.number ?? 0, false);
}

function counted(found: number, mayHaveMore: boolean): OrderCount {
  return { number: Math.min(found, countMax), isMore: found > countMax || mayHaveMore };
}

/** Whether the index of searches has still to get orders of before it. */
async function isIndexFilling(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ complete: boolean }>(
    "select complete from order_search_progress",
  );
  return rows[0]?.complete !== true;
}
