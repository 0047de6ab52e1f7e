// Cancels and refunds by hand. Neither touches stock: units come back only by a restock, when somebody has
// seen that the goods are there.

import type { Pool } from "pg";
import { mayBecome, type OrderStatus } from "../../domain/order/order-status.ts";
import { inTransaction } from "../transaction.ts";

/** A change of an order's status that somebody asks for. */
export type StatusChange = {
  readonly id: string;
  readonly to: "cancelled" | "refunded";
  readonly actor: string;
  readonly note: string | null;
};

/** What became of it. Asking again for what is already so is no error and changes nothing. */
export type StatusChangeOutcome =
  | { readonly kind: "changed" | "already-so" }
  | { readonly kind: "unknown-order" }
  | { readonly kind: "not-allowed"; readonly status: OrderStatus };

/** Changes an order's status under its lock, so that it and a batch that decides the order take turns. */
export function changeStatus(pool: Pool, change: StatusChange): Promise<StatusChangeOutcome> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ status: OrderStatus }>(
      'select status from "order" where id = $1 for update',
      [change.id],
    );
    const status = rows[0]?.status;
    if (status === undefined) return { kind: "unknown-order" };
    if (status === change.to) return { kind: "already-so" };
    if (!mayBecome(status, change.to)) return { kind: "not-allowed", status };
    await client.query(
      `update "order" set status = $2, decided_at = coalesce(decided_at, clock_timestamp()) where id = $1`,
      [change.id, change.to],
    );
    await client.query("insert into event (type, order_id, actor, data) values ($1, $2, $3, $4)", [
      `order.${change.to}`,
      change.id,
      change.actor,
      change.note === null ? null : JSON.stringify({ note: change.note }),
    ]);
    return { kind: "changed" };
  });
}
