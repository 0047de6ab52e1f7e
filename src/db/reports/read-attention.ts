// Reads what needs a person now: what ran low, what was refused, and the mails that reached nobody.

import type { Pool } from "pg";
import { idAt } from "./id-at.ts";

/** The numbers. */
export type Attention = {
  readonly lowAlerts: number;
  readonly outAlerts: number;
  /** Open alerts that nobody could be mailed about. */
  readonly untoldAlerts: number;
  readonly rejectedOrders: number;
  /** Units that the rejected orders asked for. */
  readonly rejectedUnits: number;
  /** Mails that failed and were not sent again with success. */
  readonly failedMails: number;
  readonly preOrderedUnits: number;
};

/** Reads the numbers; orders count as rejected from `since` on. Each comes from a small index. */
export async function readAttention(pool: Pool, since: Date): Promise<Attention> {
  const { rows } = await pool.query<Attention>(
    `select alerts.*, rejected.*,
       (select count(*) from mail m where m.status = 'failed' and not exists (
         select from mail again where again.resend_of = m.id and again.status <> 'failed'))
         as "failedMails",
       (select coalesce(sum(i.pre_ordered), 0)::float8 from order_line i
         join "order" o on o.id = i.order_id and o.status = 'confirmed'
         where i.pre_ordered > 0) as "preOrderedUnits"
     from
       (select count(*) filter (where state = 'low') as "lowAlerts",
          count(*) filter (where state = 'out') as "outAlerts",
          count(*) filter (where recipients_missing) as "untoldAlerts"
        from stock_alert where ended_at is null) alerts,
       (select count(distinct o.id) as "rejectedOrders",
          coalesce(sum((line ->> 1)::bigint), 0)::float8 as "rejectedUnits"
        from "order" o cross join json_array_elements(o.requested) line
        where o.status = 'rejected' and o.id >= $1::uuid) rejected`,
    [idAt(since)],
  );
  const [attention] = rows;
  if (attention === undefined) {
    throw new Error("The database gave no answer to a query that has one row.");
  }
  return attention;
}
