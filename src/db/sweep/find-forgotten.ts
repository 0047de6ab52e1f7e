// Finds rows whose work has waited longer than it should, page by page. Their jobs may be lost.

import type { Pool } from "pg";
import { somebodyIsTold } from "../alerts/alert-people.ts";
import { pendingSince } from "../orders/pending-since.ts";

/** A page: at most `limit` rows with ids after `after` that have waited for more than `ageMs` milliseconds. */
export type SweepPage = { readonly after: string; readonly limit: number; readonly ageMs: number };

/** An id before all others. */
export const beforeAll = "00000000-0000-0000-0000-000000000000";

const older = "clock_timestamp() - make_interval(secs => $3::double precision / 1000)";

/** Finds pending orders, with the id of the job that announced each. */
export async function findPendingOrders(pool: Pool, page: SweepPage) {
  const { rows } = await pool.query<{
    id: string;
    reference: string;
    lines: number;
    jobId: string;
  }>(
    `select id, reference, json_array_length(requested) as lines, coalesce(job_id, id) as "jobId" from "order"
     where status = 'pending' and id > $1 and ${pendingSince()} < ${older} order by id limit $2`,
    [page.after, page.limit, page.ageMs],
  );
  return rows;
}

/**
 * Finds orders whose time for payment is over, and that are neither paid nor ended. With "offset 0" PostgreSQL finds them
 * by their index. Without it, it might read all orders in the order of their ids.
 */
export async function findOverdueOrders(pool: Pool, page: SweepPage) {
  const { rows } = await pool.query<{ id: string; reference: string; lines: number }>(
    `select id, reference, lines from (
       select id, reference, json_array_length(requested) as lines from "order"
       where pay_by is not null and paid_at is null and status in ('awaiting-payment', 'pending', 'confirmed')
         and pay_by < ${older} offset 0) due
     where id > $1 order by id limit $2`,
    [page.after, page.limit, page.ageMs],
  );
  return rows;
}

/**
 * A query of the alerts with news that are due: `id`, the `number` of the oldest such news, since when (`since`), and
 * whether no check has seen some of them (`lost`). `condition` is on `since`, and `after` an id in SQL. News that a
 * process of an older version wrote have no row in `alert_news` and the number 0.
 */
export const dueAlerts = (
  condition: (since: string) => string,
  after: string,
): string => /* sql */ `
  select n.alert_id as id, min(n.number) as number, min(n.due_at) as since,
    bool_or(n.checked_at is null) as lost
  from alert_news n
  where n.due_at is not null and n.alert_id > ${after} and ${condition("n.due_at")}
  group by n.alert_id
  union all
  select a.id, 0, coalesce(a.escalated_at, a.opened_at), true from stock_alert a
  where (a.opened_checked_at is null or (a.escalated_at is not null and a.escalated_checked_at is null))
    and a.id > ${after} and ${condition("coalesce(a.escalated_at, a.opened_at)")}`;

/**
 * A condition: somebody can be told of alert `a` of stock level `l`. One that had no recipient is left out until there is
 * somebody to be told. `group` is the alerted group's code in SQL: a parameter, or a text in quotes.
 */
export const canBeTold = (group: string): string => /* sql */ `
  (not a.recipients_missing or (a.ended_at is null and ${somebodyIsTold(group)}))`;

/** An alert with news that are due. `lost`: no check has seen them yet, so that their job may be lost. */
export type DueAlert = {
  readonly id: string;
  readonly sku: string;
  readonly notice: "low" | "out";
  readonly number: number;
  readonly lost: boolean;
};

/** Finds alerts with news that were not mailed, and are not to wait any longer. */
export async function findUncheckedAlerts(
  pool: Pool,
  page: SweepPage & { readonly group: string },
) {
  const { rows } = await pool.query<DueAlert>(
    `select due.id, l.sku, coalesce(n.state, a.state) as notice, due.number, due.lost
     from (${dueAlerts((since) => `${since} < ${older}`, "$1")}) due
       join stock_alert a on a.id = due.id join stock_level l on l.id = a.level_id
       left join alert_news n on n.alert_id = due.id and n.number = due.number
     where ${canBeTold("$4")}
     order by due.id limit $2`,
    [page.after, page.limit, page.ageMs, page.group],
  );
  return rows;
}

/** Finds mails that are pending and need not wait any longer, or whose claim has expired. */
export async function findOpenMails(pool: Pool, page: SweepPage) {
  const { rows } = await pool.query<{ id: string; to: string; about: string; attempts: number }>(
    `select m.id, m.attempts, m.to_email as "to", coalesce('low stock of ' || l.sku, m.template_code) as about
     from mail m left join stock_alert a on a.id = m.alert_id left join stock_level l on l.id = a.level_id
     where m.id > $1 and greatest(m.created_at, m.waits_until) < ${older}
       and (m.status = 'pending' or (m.status = 'sending' and m.claimed_until < clock_timestamp()))
     order by m.id limit $2`,
    [page.after, page.limit, page.ageMs],
  );
  return rows;
}
