// Reads of found orders what a search shows, in one statement by their ids.

import type { Pool } from "pg";
import type { OrderStatus } from "../../domain/order/order-status.ts";

/** An order that was found. */
export type FoundOrder = {
  readonly id: string;
  readonly reference: string;
  readonly status: OrderStatus;
  readonly acceptedAt: Date;
  readonly customer: Record<string, unknown> | null;
  readonly jobId: string;
};

/** Reads orders, in the order of their ids. An order that is gone is left out. */
export async function readFoundOrders(
  pool: Pool,
  ids: readonly string[],
): Promise<readonly FoundOrder[]> {
  const { rows } = await pool.query<FoundOrder>(
    `select o.id, o.reference, o.status, o.accepted_at as "acceptedAt", o.customer,
       coalesce(o.job_id, o.id) as "jobId"
     from unnest($1::uuid[]) with ordinality as wanted (id, place) join "order" o on o.id = wanted.id
     order by wanted.place`,
    [ids],
  );
  return rows;
}

/** The id of the order with this reference, or null. It is found at once, by the unique index of references. */
export async function findOrderOfReference(pool: Pool, reference: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>(`select id from "order" where reference = $1`, [
    reference,
  ]);
  return rows[0]?.id ?? null;
}
