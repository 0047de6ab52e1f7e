// Finds the orders that wait for promised units, newest first. They are few among all orders, so the search starts from
// the indexes of waiting lines.

import type { Pool } from "pg";
import { type OrderNarrowing, statusAndPeriod } from "./order-conditions.ts";

/** The orders of a page. `before` is the id that the page starts after; `sku` is an item that they wait for. */
export type WaitingSelection = Omit<OrderNarrowing, "waiting"> & {
  readonly before?: string | undefined;
  readonly limit: number;
};

/** Finds the ids of up to `limit` orders. */
export async function findWaitingOrders(
  pool: Pool,
  { reference, before, limit, ...narrowing }: WaitingSelection,
): Promise<string[]> {
  const { sku } = narrowing;
  const values: unknown[] = [limit];
  const place = (value: unknown) => `$${values.push(value)}`;
  const ofLine = ["i.pre_ordered > 0"];
  const ofOrder = ["o.id = i.order_id", ...statusAndPeriod("o", narrowing, place)];
  if (sku !== undefined) {
    const items = `select id from stock_level where sku = $${values.push(sku)}`;
    ofLine.push(`i.item_id = any (array (${items}))`);
  }
  if (before !== undefined) ofLine.push(`i.order_id < $${values.push(before)}::uuid`);
  if (reference !== undefined) ofOrder.push(`o.reference = $${values.push(reference)}`);
  const { rows } = await pool.query<{ id: string }>(
    // With "offset 0" each order is looked up by its id.
    `select distinct i.order_id as id from order_line i
       cross join lateral (select from "order" o where ${ofOrder.join(" and ")} offset 0) o
     where ${ofLine.join(" and ")} order by i.order_id desc limit $1`,
    values,
  );
  return rows.map(({ id }) => id);
}
