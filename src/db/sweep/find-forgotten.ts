// Finds rows whose work has waited longer than it should, a page at a time: perhaps they have lost their job.

import type { Pool } from "pg";

/** A page of rows: those after `after`, at most `limit` of them, that have waited since before `ageMs` ago. */
export type SweepPage = { readonly after: string; readonly limit: number; readonly ageMs: number };

/** The id before all others. */
export const beforeAll = "00000000-0000-0000-0000-000000000000";

const older = "clock_timestamp() - make_interval(secs => $3::double precision / 1000)";

/** Orders that are pending still, with the job that announced them. */
export async function findPendingOrders(pool: Pool, page: SweepPage) {
  const { rows } = await pool.query<{
    id: string;
    reference: string;
    lines: number;
    jobId: string;
  }>(
    `select id, reference, json_array_length(requested) as lines, coalesce(job_id, id) as "jobId" from "order"
     where status = 'pending' and id > $1 and accepted_at < ${older} order by id limit $2`,
    [page.after, page.limit, page.ageMs],
  );
  return rows;
}

/**
 * Whether alert `a` has news that nobody was told. One that had nobody to tell is left out until the group has an
 * enabled member. `group` is the group's code in SQL: a parameter, or a text in quotes.
 */
export const hasUntoldNews = (group: string): string => /* sql */ `
  (a.opened_checked_at is null
    or (a.escalated_at is not null and a.escalated_checked_at is null))
  and (not a.recipients_missing or (a.ended_at is null and exists (
    select from admin_group_member m join admin_user u on u.id = m.user_id
    where m.group_code = ${group} and u.enabled)))`;

/** Alerts with news that nobody was told. */
export async function findUncheckedAlerts(
  pool: Pool,
  page: SweepPage & { readonly group: string },
) {
  const { rows } = await pool.query<{ id: string; sku: string; notice: "low" | "out" }>(
    `select a.id, l.sku,
       case when a.opened_checked_at is null then a.opened_as else 'out' end as notice
     from stock_alert a join stock_level l on l.id = a.level_id
     where a.id > $1 and coalesce(a.escalated_at, a.opened_at) < ${older}
       and ${hasUntoldNews("$4")}
     order by a.id limit $2`,
    [page.after, page.limit, page.ageMs, page.group],
  );
  return rows;
}

/** Mails that are pending still, or whose claim has run out. */
export async function findOpenMails(pool: Pool, page: SweepPage) {
  const { rows } = await pool.query<{ id: string; to: string; about: string }>(
    `select m.id, m.to_email as "to", coalesce('low stock of ' || l.sku, m.template_code) as about
     from mail m left join stock_alert a on a.id = m.alert_id left join stock_level l on l.id = a.level_id
     where m.id > $1 and m.created_at < ${older}
       and (m.status = 'pending' or (m.status = 'sending' and m.claimed_until < clock_timestamp()))
     order by m.id limit $2`,
    [page.after, page.limit, page.ageMs],
  );
  return rows;
}

/** Forgets what idempotency keys older than this were for. */
const keysKept = "7 days";

/** Rows that one statement removes, and statements of one sweep: a long backlog is removed over several. */
const removed = { rows: 5_000, statements: 20 };

/**
 * Removes what nobody needs any more: old idempotency keys and sessions that have run out. `confirm` is called
 * before each statement.
 */
export async function removeExpired(pool: Pool, confirm: () => Promise<void>): Promise<void> {
  await removeInPortions(
    pool,
    confirm,
    "idempotent_request",
    `at < now() - interval '${keysKept}'`,
  );
  await removeInPortions(pool, confirm, "admin_session", "expires_at < now()");
}

async function removeInPortions(
  pool: Pool,
  confirm: () => Promise<void>,
  table: string,
  condition: string,
): Promise<void> {
  for (let statement = 0; statement < removed.statements; statement += 1) {
    await confirm();
    const { rowCount } = await pool.query(
      `delete from ${table} where ctid = any (array (
         select ctid from ${table} where ${condition} limit ${removed.rows}))`,
    );
    if ((rowCount ?? 0) < removed.rows) return;
  }
}
