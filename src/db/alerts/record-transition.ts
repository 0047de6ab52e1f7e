// Writes a change of an alert: its row, its news, and the events that tell of it, in one statement. The level has a copy
// of the alert's state, which the caller writes with the level.

import { randomUUIDv7 } from "node:crypto";
import type { AlertTransition } from "../../domain/stock/alert-transition.ts";
import { stockEvents } from "../../domain/stock/stock-events.ts";
import { type AlertState, heldBack, sellableUnits } from "../../domain/stock/stock-holder.ts";
import { currentRequestId } from "../request-scope.ts";
import type { Sql } from "../sql/sql.ts";
import type { LockedLevel } from "../stock/locked-level.ts";

/** What changed a level: an order, a person or key (`actor`), or both if somebody restocks an order. */
export type Cause = { readonly orderId?: string; readonly actor?: string };

/** A transition, with what the alert's row and the events say about it. */
export type TransitionEntry = {
  /** Its `alert` is the state before the transition. */
  readonly level: LockedLevel;
  readonly transition: AlertTransition;
  /** Units after the change. */
  readonly units: number;
  readonly limit: number;
  readonly cause: Cause;
  /** Set if events have told of it already, so that they are not written again. */
  readonly isTold?: boolean;
};

/** An alert with news to mail after the commit. `notice` is the news: that it is low or out. `number` counts its news. */
export type AlertToCheck = {
  readonly id: string;
  readonly sku: string;
  readonly notice: AlertState;
  readonly number: number;
  /** The order that caused it, if one did. */
  readonly orderId?: string | undefined;
};

/** Records one transition. Resolves with the alert if it needs a check after the commit, else with null. */
export async function recordTransition(
  sql: Sql,
  entry: TransitionEntry,
): Promise<AlertToCheck | null> {
  const { level, transition } = entry;
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
      await ease(sql, entry);
      return null;
    case "ended":
      await end(sql, entry);
      return null;
  }
}

// The news are the table `alert_news`. The columns of `stock_alert` that say what was checked are for processes of an
// older version, which must leave these news alone.

/** The part of each statement that writes the events. The first two parameters are the level and `eventData`. */
const writeEvents = (
  orderId: string,
  actor: string,
  types: string,
  requestId: string,
) => /* sql */ `
  insert into event (type, order_id, actor, request_id, data)
  select told.type, ${orderId}::uuid, ${actor}::text, ${requestId}::text, ($2::jsonb || jsonb_build_object('holder', jsonb_build_object(
      'kind', case when l.variant_id is null then 'product' else 'variant' end, 'productSku', p.sku)))::json
  from alert, unnest(${types}::text[]) with ordinality as told (type, place), stock_level l
    join product p on p.id = l.product_id
  where l.id = $1::integer order by told.place`;

/** What all events of a transition tell of the holder. */
function eventData({ level, units, limit }: TransitionEntry): string {
  const holder = { ...level, units };
  return JSON.stringify({
    sku: level.sku,
    unitsInStock: units,
    limit,
    available: sellableUnits(holder),
    heldBack: heldBack(holder),
  });
}

const typesOf = ({ transition, level, isTold = false }: TransitionEntry): readonly string[] =>
  isTold ? [] : stockEvents(transition, level);

async function open(
  sql: Sql,
  entry: TransitionEntry,
  state: AlertState,
  quiet: boolean,
): Promise<string> {
  const { level, units, limit, cause } = entry;
  const id = randomUUIDv7();
  await sql(
    `with alert as (
       insert into stock_alert (id, level_id, opened_as, state, opened_units, opened_limit, opened_order_id,
         opened_by, opened_checked_at)
       values ($3, $1, $4, $4, $5, $6, $7::uuid, $8::text, clock_timestamp())
       returning *),
     told as (${writeEvents("$7", "$8", "$10", "$11")})
     insert into alert_news (alert_id, number, level_id, state, at, units, unit_limit, order_id, actor, quiet,
       due_at)
     select id, 1, level_id, state, opened_at, opened_units, opened_limit, opened_order_id, opened_by, $9::boolean,
       case when not $9::boolean then opened_at end
     from alert`,
    [
      level.id,
      eventData(entry),
      id,
      state,
      units,
      limit,
      cause.orderId ?? null,
      cause.actor ?? null,
      quiet,
      typesOf(entry),
      currentRequestId(),
    ],
  );
  return id;
}

async function worsen(
  sql: Sql,
  entry: TransitionEntry,
): Promise<{ readonly id: string; readonly number: number } | undefined> {
  const { level, units, limit, cause } = entry;
  const rows = await sql<{ id: string; number: number }>(
    `with alert as (
       update stock_alert set state = 'out', escalated_at = clock_timestamp(), escalated_units = $3,
         escalated_order_id = $4::uuid, escalated_by = $5::text, escalated_checked_at = clock_timestamp()
       where level_id = $1 and ended_at is null returning *),
     told as (${writeEvents("$4", "$5", "$7", "$8")})
     insert into alert_news (alert_id, number, level_id, state, at, units, unit_limit, order_id, actor, due_at)
     select id, 1 + coalesce((select max(number) from alert_news where alert_id = alert.id), 1), level_id,
       state, escalated_at, escalated_units, $6::integer, escalated_order_id, escalated_by, escalated_at
     from alert
     returning alert_id as id, number`,
    [
      level.id,
      eventData(entry),
      units,
      cause.orderId ?? null,
      cause.actor ?? null,
      limit,
      typesOf(entry),
      currentRequestId(),
    ],
  );
  return rows[0];
}

async function ease(sql: Sql, entry: TransitionEntry): Promise<void> {
  const { level, cause } = entry;
  await sql(
    `with alert as (
       update stock_alert set state = 'low', escalated_at = null, escalated_units = null,
         escalated_order_id = null, escalated_by = null, escalated_checked_at = null
       where level_id = $1 and ended_at is null returning id),
     told as (${writeEvents("$3", "$4", "$5", "$6")})
     update alert_news n set recovered_at = clock_timestamp() from alert
     where n.alert_id = alert.id and n.state = 'out' and n.recovered_at is null`,
    [
      level.id,
      eventData(entry),
      cause.orderId ?? null,
      cause.actor ?? null,
      typesOf(entry),
      currentRequestId(),
    ],
  );
}

async function end(sql: Sql, entry: TransitionEntry): Promise<void> {
  const { level, cause } = entry;
  await sql(
    `with alert as (
       update stock_alert set ended_at = clock_timestamp()
       where level_id = $1 and ended_at is null returning id, ended_at),
     told as (${writeEvents("$3", "$4", "$5", "$6")})
     update alert_news n set recovered_at = ended_at from alert
     where n.alert_id = alert.id and n.recovered_at is null`,
    [
      level.id,
      eventData(entry),
      cause.orderId ?? null,
      cause.actor ?? null,
      typesOf(entry),
      currentRequestId(),
    ],
  );
}
