// Writes a change of an alert: its row, and the event if the holder went out of stock. The level has a copy of the
// alert's state, which the caller writes with the level.

import { randomUUIDv7 } from "node:crypto";
import type { AlertTransition } from "../../domain/stock/alert-transition.ts";
import type { Sql } from "../sql/sql.ts";

/** What changed a level: an order, a person or key (`actor`), or both if somebody restocks an order. */
export type Cause = { readonly orderId?: string; readonly actor?: string };

/** A transition, with what the alert's row and the event say about it. */
export type TransitionEntry = {
  readonly level: { readonly id: number; readonly sku: string; readonly isVariant: boolean };
  readonly transition: AlertTransition;
  /** Units after the change. */
  readonly units: number;
  readonly limit: number;
  readonly cause: Cause;
};

/** An alert with news to mail after the commit. `notice` is the news: that it is low or out. */
export type AlertToCheck = {
  readonly id: string;
  readonly sku: string;
  readonly notice: "low" | "out";
};

/** Records one transition. Resolves with the alert if it needs a check after the commit, else with null. */
export async function recordTransition(
  sql: Sql,
  entry: TransitionEntry,
): Promise<AlertToCheck | null> {
  const { level, transition } = entry;
  if (transition.kind === "ended") {
    await sql(
      "update stock_alert set ended_at = clock_timestamp() where level_id = $1 and ended_at is null",
      [level.id],
    );
    return null;
  }
  if (transition.wentOutOfStock) await writeOutOfStock(sql, entry);
  if (transition.kind === "opened") {
    const id = await open(sql, entry, transition.state);
    return { id, sku: level.sku, notice: transition.state };
  }
  const id = await escalate(sql, entry);
  return id === undefined ? null : { id, sku: level.sku, notice: "out" };
}

async function open(sql: Sql, entry: TransitionEntry, state: "low" | "out"): Promise<string> {
  const { level, units, limit, cause } = entry;
  const id = randomUUIDv7();
  await sql(
    `insert into stock_alert (id, level_id, opened_as, state, opened_units, opened_limit, opened_order_id,
       opened_by)
     values ($1, $2, $3, $3, $4, $5, $6, $7)`,
    [id, level.id, state, units, limit, cause.orderId ?? null, cause.actor ?? null],
  );
  return id;
}

async function escalate(sql: Sql, entry: TransitionEntry): Promise<string | undefined> {
  const { level, units, cause } = entry;
  const rows = await sql<{ id: string }>(
    `update stock_alert set state = 'out', escalated_at = clock_timestamp(), escalated_units = $2,
       escalated_order_id = $3, escalated_by = $4
     where level_id = $1 and ended_at is null returning id`,
    [level.id, units, cause.orderId ?? null, cause.actor ?? null],
  );
  return rows[0]?.id;
}

async function writeOutOfStock(sql: Sql, entry: TransitionEntry): Promise<void> {
  const { level, units, limit, cause } = entry;
  await sql("insert into event (type, order_id, actor, data) values ($1, $2, $3, $4)", [
    level.isVariant ? "shop.variantOutOfStock" : "shop.productOutOfStock",
    cause.orderId ?? null,
    cause.actor ?? null,
    JSON.stringify({ sku: level.sku, unitsInStock: units, limit }),
  ]);
}
