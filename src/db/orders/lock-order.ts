// Locks an order and its lines, for the people who change a decided order. The locks are always taken in this order: the
// order, then stock levels in ascending id, then lines. A pre-order is served under its level's lock alone. So whoever
// changes a line with promised units must hold the lock of its level, and must read the line after that.

import type { OrderLineUnits } from "../../domain/order/line-units.ts";
import type { OrderStatus } from "../../domain/order/order-status.ts";
import { Refused } from "../refused.ts";
import { arrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";

/** A line as it is stored, with its item. */
export type StoredUnits = OrderLineUnits & { readonly itemId: number };

/** Locks an order and reads its status. Throws `Refused` if there is no such order. */
export async function lockOrder(sql: Sql, id: string): Promise<OrderStatus> {
  const [order] = await sql<{ status: OrderStatus }>(
    'select status from "order" where id = $1 for update',
    [id],
  );
  if (order === undefined) throw new Refused({ kind: "unknown", what: "order", key: id });
  return order.status;
}

const read = /* sql */ `
  select l.line, s.sku, l.item_id as "itemId", l.quantity, l.allocated, l.pre_ordered as "preOrdered",
    l.cancelled, l.refunded, l.released, l.restocked
  from order_line l join stock_level s on s.id = l.item_id where l.order_id = $1`;

/** Reads the lines of a locked order. Only promised units of them can change meanwhile: they may be served. */
export function readLines(sql: Sql, id: string): Promise<readonly StoredUnits[]> {
  return sql<StoredUnits>(`${read} order by l.line`, [id]);
}

/** Locks some lines of a locked order, and reads them again. Resolves with all `lines`, these as they are now. */
export async function lockLines(
  sql: Sql,
  id: string,
  { lines, locked }: { readonly lines: readonly StoredUnits[]; readonly locked: readonly number[] },
): Promise<readonly StoredUnits[]> {
  const rows = await sql<StoredUnits>(
    `${read} and l.line = any ($2::smallint[]) order by l.line for update of l`,
    [id, arrayLiteral(locked)],
  );
  const now = new Map(rows.map((row) => [row.line, row]));
  return lines.map((line) => now.get(line.line) ?? line);
}
