// Cancels and refunds orders by hand. Neither changes stock. Units come back only by a restock, when somebody has seen
// that the goods are there.

import type { Pool } from "pg";
import { mayBecome, type OrderStatus } from "../../domain/order/order-status.ts";
import { Refused } from "../refused.ts";
import { inTransaction } from "../sql/transaction.ts";

/** A requested change of an order's status. */
export type StatusChange = {
  readonly id: string;
  readonly to: "cancelled" | "refunded";
  readonly actor: string;
  readonly note: string | null;
};

/**
 * Changes an order's status under the order's lock, so that no batch decides the order at the same time. If the order has
 * that status already, nothing changes. Throws `Refused` if there is no such order, or its status does not allow it.
 */
export function changeStatus(pool: Pool, change: StatusChange): Promise<void> {
  return inTransaction(pool, async ({ sql }) => {
    const [order] = await sql<{ status: OrderStatus }>(
      'select status from "order" where id = $1 for update',
      [change.id],
    );
    const status = order?.status;
    if (status === undefined) throw new Refused({ kind: "unknown", what: "order", key: change.id });
    if (status === change.to) return;
    if (!mayBecome(status, change.to)) {
      throw new Refused({ kind: "wrong-status", change: change.to, status });
    }
    await sql(
      `update "order" set status = $2, decided_at = coalesce(decided_at, clock_timestamp()) where id = $1`,
      [change.id, change.to],
    );
    await sql("insert into event (type, order_id, actor, data) values ($1, $2, $3, $4)", [
      `order.${change.to}`,
      change.id,
      change.actor,
      change.note === null ? null : JSON.stringify({ note: change.note }),
    ]);
  });
}
