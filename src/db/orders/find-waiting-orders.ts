// Finds the orders that wait for promised units, newest first. They are few among all orders, so the search starts from
// the indexes of waiting lines.

import type { Pool } from "pg";
import type { OrderStatus } from "../../domain/order/order-status.ts";

/** The orders of a page. `before` is the id that the page starts after; `sku` is an item that they wait for. */
export type WaitingSelection = {
  readonly reference?: string | undefined;
  readonly sku?: string | undefined;
  readonly status?: OrderStatus | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
};

/** Finds the ids of up to `limit` orders. */
export async function findWaitingOrders(
  pool: Pool,
  { reference, sku, status, before, limit }: WaitingSelection,
): Promise<string[]> {
  const values: unknown[] = [limit];
  const ofLine = ["i.pre_ordered > 0"];
  const ofOrder = ["o.id = i.order_id"];
  if (sku !== undefined) {
    const items = `select id from stock_level where sku = $${values.push(sku)}`;
    ofLine.push(`i.item_id = any (array (${items}))`);
  }
  if (before !== undefined) ofLine.push(`i.order_id < $${values.push(before)}::uuid`);
  if (reference !== undefined) ofOrder.push(`o.reference = $${values.push(reference)}`);
  if (status !== undefined) ofOrder.push(`o.status = $${values.push(status)}`);
  const { rows } = await pool.query<{ id: string }>(
    // With "offset 0" each order is looked up by its id.
    `select distinct i.order_id as id from order_line i
       cross join lateral (select from "order" o where ${ofOrder.join(" and ")} offset 0) o
     where ${ofLine.join(" and ")} order by i.order_id desc limit $1`,
    values,
  );
  return rows.map(({ id }) => id);
}
