// Looks at an order that did not expire, to say why.

import type { Pool } from "pg";
import type { OrderStatus } from "../../domain/order/order-status.ts";

/** An order. `dueInMs`: how long until its time for payment is over, in milliseconds; null if it has no such time. */
export type UnexpiredOrder = {
  readonly status: OrderStatus;
  readonly isPaid: boolean;
  readonly dueInMs: number | null;
};

/** Reads an order, or null if there is none. */
export async function findUnexpired(pool: Pool, id: string): Promise<UnexpiredOrder | null> {
  const { rows } = await pool.query<UnexpiredOrder>(
    `select status, paid_at is not null as "isPaid",
       ceil(extract(epoch from pay_by - clock_timestamp()) * 1000)::double precision as "dueInMs"
     from "order" where id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
