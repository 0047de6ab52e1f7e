// Counts the waiting work, so that operators see whether work gets done.

import type { Pool } from "pg";
import { mailDueAt } from "./mails/mail-due-at.ts";
import { pendingSince } from "./orders/pending-since.ts";

/** Waiting work, counted from the rows and not from the queues. */
export type Backlog = {
  readonly pendingOrders: number;
  /** How long the oldest pending order has waited, in seconds; 0 if there is none. */
  readonly oldestOrderSeconds: number;
  /** Orders that take their stock once they are paid. */
  readonly unpaidOrders: number;
  /** Orders whose time for payment is over, but that have not expired yet. */
  readonly overdueOrders: number;
  readonly openAlerts: number;
  readonly unsentMails: number;
  /** How long the oldest unsent mail that may be sent has waited, in seconds; 0 if there is none. */
  readonly oldestMailSeconds: number;
  /** Those of them that the mail server did not take yet. */
  readonly waitingMails: number;
  /** How long the first of these has failed, in seconds; 0 if there is none. */
  readonly mailsFailingSeconds: number;
  readonly failedMails: number;
};

/** Reads the backlog. Each number comes from a partial index of just these rows. */
export async function readBacklog(pool: Pool): Promise<Backlog> {
  const { rows } = await pool.query<Backlog>(
    `select
       (select count(*) from "order" where status = 'pending') as "pendingOrders",
       coalesce((select extract(epoch from clock_timestamp() - min(${pendingSince()}))::double precision
         from "order" where status = 'pending'), 0) as "oldestOrderSeconds",
       (select count(*) from "order" where status = 'awaiting-payment') as "unpaidOrders",
       (select count(*) from "order" where pay_by is not null and paid_at is null and pay_by < clock_timestamp()
         and status in ('awaiting-payment', 'pending', 'confirmed')) as "overdueOrders",
       (select count(*) from stock_alert where ended_at is null) as "openAlerts",
       (select count(*) from mail where status in ('pending', 'sending')) as "unsentMails",
       coalesce((select extract(epoch from clock_timestamp() - min(${mailDueAt}))::double precision
         from mail where status in ('pending', 'sending') and ${mailDueAt} <= clock_timestamp()), 0)
         as "oldestMailSeconds",
       (select count(*) from mail where status in ('pending', 'sending') and failing_since is not null)
         as "waitingMails",
       coalesce((select extract(epoch from clock_timestamp() - min(failing_since))::double precision
         from mail where status in ('pending', 'sending')), 0) as "mailsFailingSeconds",
       (select count(*) from mail where status = 'failed') as "failedMails"`,
  );
  const [backlog] = rows;
  if (backlog === undefined) throw new Error("Expected one row of the backlog; got none.");
  return backlog;
}
