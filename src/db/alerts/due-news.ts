// The news of an alert that are due: those that no check has seen, and those that waited until now.

import type { AlertState } from "../../domain/stock/stock-holder.ts";
import { newsLimits } from "../../domain/stock/alert-news.ts";
import { advisoryLocks } from "../advisory-locks.ts";
import type { Sql } from "../sql/sql.ts";

/** A piece of news that is due. */
export type DueNews = {
  readonly number: number;
  readonly state: AlertState;
  readonly at: Date;
  readonly units: number;
  readonly limit: number;
  readonly orderId: string | null;
  readonly orderReference: string | null;
  readonly by: string | null;
  /** Whether units have risen above the level that it is about. */
  readonly hasRecovered: boolean;
  /** Whether an earlier check let it wait. */
  readonly waited: boolean;
  /** When its alert last opened, worsened or eased. */
  readonly changedAt: Date;
};

/**
 * Reads the due news of a locked alert, oldest first. Takes a lock on the news of the level until the transaction ends,
 * so that two checks of one level count each other's news.
 */
export async function readDueNews(
  sql: Sql,
  { id, levelId }: { readonly id: string; readonly levelId: number },
  now: Date,
): Promise<readonly DueNews[]> {
  await sql("select pg_advisory_xact_lock($1)", [advisoryLocks.alertNews + levelId]);
  return sql<DueNews>(
    `select n.number, n.state, n.at, n.units, n.unit_limit as "limit", n.order_id as "orderId",
       o.reference as "orderReference", n.actor as by, n.recovered_at is not null as "hasRecovered",
       n.checked_at is not null as waited,
       (select max(greatest(other.at, other.recovered_at)) from alert_news other
        where other.alert_id = n.alert_id) as "changedAt"
     from alert_news n left join "order" o on o.id = n.order_id
     where n.alert_id = $1 and n.due_at is not null and (n.checked_at is null or n.due_at <= $2)
     order by n.number`,
    [id, now],
  );
}

/** Reads when news of a level were told within the last day, by their state. */
export async function readTold(
  sql: Sql,
  levelId: number,
  now: Date,
): Promise<Readonly<Record<AlertState, Date[]>>> {
  const rows = await sql<{ state: AlertState; at: Date }>(
    `select state, told_at as at from alert_news
     where level_id = $1 and state = any ('{low,out}') and told_at > $2`,
    [levelId, new Date(now.getTime() - newsLimits.dayMs)],
  );
  const told: Record<AlertState, Date[]> = { low: [], out: [] };
  for (const { state, at } of rows) told[state].push(at);
  return told;
}

/** Stores what became of a piece of news: told now, to be checked again at a time, or left untold. */
export async function markChecked(
  sql: Sql,
  alertId: string,
  number: number,
  marks: { readonly toldAt: Date | null; readonly dueAt: Date | null; readonly now: Date },
): Promise<void> {
  await sql(
    "update alert_news set checked_at = $3, told_at = $4, due_at = $5 where alert_id = $1 and number = $2",
    [alertId, number, marks.now, marks.toldAt, marks.dueAt],
  );
}

/**
 * Takes over the news of a locked alert that a process of an older version wrote: such a process says only in
 * `stock_alert` that the alert opened or worsened.
 */
export async function takeOverOldNews(sql: Sql, alertId: string): Promise<void> {
  await sql(
    `insert into alert_news (alert_id, number, level_id, state, at, units, unit_limit, order_id, actor,
       recovered_at, due_at)
     select id, 1, level_id, opened_as, opened_at, opened_units, opened_limit, opened_order_id, opened_by,
       ended_at, opened_at
     from stock_alert where id = $1 and opened_checked_at is null
     on conflict do nothing`,
    [alertId],
  );
  await sql(
    `insert into alert_news (alert_id, number, level_id, state, at, units, unit_limit, order_id, actor,
       recovered_at, due_at)
     select id, 1 + coalesce((select max(number) from alert_news where alert_id = $1), 1), level_id, 'out',
       escalated_at, escalated_units, opened_limit, escalated_order_id, escalated_by, ended_at, escalated_at
     from stock_alert
     where id = $1 and escalated_at is not null and escalated_checked_at is null`,
    [alertId],
  );
  await sql(
    `update stock_alert set opened_checked_at = coalesce(opened_checked_at, clock_timestamp()),
       escalated_checked_at = case when escalated_at is not null
         then coalesce(escalated_checked_at, clock_timestamp()) end
     where id = $1`,
    [alertId],
  );
}
