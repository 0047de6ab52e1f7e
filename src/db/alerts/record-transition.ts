// Writes a change of an alert: its row, its news, and the event if the holder went out of stock. The level has a copy of
// the alert's state, which the caller writes with the level.

import { randomUUIDv7 } from "node:crypto";
import type { AlertTransition } from "../../domain/stock/alert-transition.ts";
import { type AlertState, heldBack, sellableUnits } from "../../domain/stock/stock-holder.ts";
import type { Sql } from "../sql/sql.ts";
import type { LockedLevel } from "../stock/locked-level.ts";

/** What changed a level: an order, a person or key (`actor`), or both if somebody restocks an order. */
export type Cause = { readonly orderId?: string; readonly actor?: string };

/** A transition, with what the alert's row and the event say about it. */
export type TransitionEntry = {
  readonly level: LockedLevel;
  readonly transition: AlertTransition;
  /** Units after the change. */
  readonly units: number;
  readonly limit: number;
  readonly cause: Cause;
};

/** An alert with news to mail after the commit. `notice` is the news: that it is low or out. `number` counts its news. */
export type AlertToCheck = {
  readonly id: string;
  readonly sku: string;
  readonly notice: AlertState;
  readonly number: number;
};

/** Records one transition. Resolves with the alert if it needs a check after the commit, else with null. */
export async function recordTransition(
  sql: Sql,
  entry: TransitionEntry,
): Promise<AlertToCheck | null> {
  const { level, transition } = entry;
  if ("wentOutOfStock" in transition && transition.wentOutOfStock)
    await writeOutOfStock(sql, entry);
  switch (transition.kind) {
    case "opened": {
      const { state, quiet } = transition;
      const id = await open(sql, entry, state, quiet);
      return quiet ? null : { id, sku: level.sku, notice: state, number: 1 };
    }
    case "worsened": {
      const news = await worsen(sql, entry);
      return news === undefined ? null : { ...news, sku: level.sku, notice: "out" };
    }
    case "eased":
      await ease(sql, level.id);
      return null;
    case "ended":
      await end(sql, level.id);
      return null;
  }
}

// The news are the table `alert_news`. The columns of `stock_alert` that say what was checked are for processes of an
// older version, which must leave these news alone.

async function open(
  sql: Sql,
  { level, units, limit, cause }: TransitionEntry,
  state: AlertState,
  quiet: boolean,
): Promise<string> {
  const id = randomUUIDv7();
  await sql(
    `with alert as (
       insert into stock_alert (id, level_id, opened_as, state, opened_units, opened_limit, opened_order_id,
         opened_by, opened_checked_at)
       values ($1, $2, $3, $3, $4, $5, $6, $7, clock_timestamp())
       returning *)
     insert into alert_news (alert_id, number, level_id, state, at, units, unit_limit, order_id, actor, quiet,
       due_at)
     select id, 1, level_id, state, opened_at, opened_units, opened_limit, opened_order_id, opened_by, $8::boolean,
       case when not $8::boolean then opened_at end
     from alert`,
    [id, level.id, state, units, limit, cause.orderId ?? null, cause.actor ?? null, quiet],
  );
  return id;
}

async function worsen(
  sql: Sql,
  { level, units, limit, cause }: TransitionEntry,
): Promise<{ readonly id: string; readonly number: number } | undefined> {
  const rows = await sql<{ id: string; number: number }>(
    `with alert as (
       update stock_alert set state = 'out', escalated_at = clock_timestamp(), escalated_units = $2,
         escalated_order_id = $3, escalated_by = $4, escalated_checked_at = clock_timestamp()
       where level_id = $1 and ended_at is null returning *)
     insert into alert_news (alert_id, number, level_id, state, at, units, unit_limit, order_id, actor, due_at)
     select id, 1 + coalesce((select max(number) from alert_news where alert_id = alert.id), 1), level_id,
       state, escalated_at, escalated_units, $5::integer, escalated_order_id, escalated_by, escalated_at
     from alert
     returning alert_id as id, number`,
    [level.id, units, cause.orderId ?? null, cause.actor ?? null, limit],
  );
  return rows[0];
}

async function ease(sql: Sql, levelId: number): Promise<void> {
  await sql(
    `with alert as (
       update stock_alert set state = 'low', escalated_at = null, escalated_units = null,
         escalated_order_id = null, escalated_by = null, escalated_checked_at = null
       where level_id = $1 and ended_at is null returning id)
     update alert_news n set recovered_at = clock_timestamp() from alert
     where n.alert_id = alert.id and n.state = 'out' and n.recovered_at is null`,
    [levelId],
  );
}

async function end(sql: Sql, levelId: number): Promise<void> {
  await sql(
    `with alert as (
       update stock_alert set ended_at = clock_timestamp()
       where level_id = $1 and ended_at is null returning id, ended_at)
     update alert_news n set recovered_at = ended_at from alert
     where n.alert_id = alert.id and n.recovered_at is null`,
    [levelId],
  );
}

async function writeOutOfStock(sql: Sql, entry: TransitionEntry): Promise<void> {
  const { level, units, limit, cause } = entry;
  await sql("insert into event (type, order_id, actor, data) values ($1, $2, $3, $4)", [
    level.isVariant ? "shop.variantOutOfStock" : "shop.productOutOfStock",
    cause.orderId ?? null,
    cause.actor ?? null,
    JSON.stringify({
      sku: level.sku,
      unitsInStock: units,
      limit,
      available: sellableUnits({ ...level, units }),
      heldBack: heldBack({ ...level, units }),
    }),
  ]);
}
