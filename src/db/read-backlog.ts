// Counts the waiting work, so that operators see whether work gets done.

import type { Pool } from "pg";

/** Waiting work, counted from the rows and not from the queues. */
export type Backlog = {
  readonly pendingOrders: number;
  /** The age of the oldest pending order in seconds; 0 if there is none. */
  readonly oldestOrderSeconds: number;
  readonly openAlerts: number;
  readonly unsentMails: number;
  readonly failedMails: number;
};

/** Reads the backlog. Each number comes from a partial index of just these rows. */
export async function readBacklog(pool: Pool): Promise<Backlog> {
  const { rows } = await pool.query<Backlog>(
    `select
       (select count(*) from "order" where status = 'pending') as "pendingOrders",
       coalesce((select extract(epoch from clock_timestamp() - accepted_at)::double precision
         from "order" where status = 'pending' order by id limit 1), 0) as "oldestOrderSeconds",
       (select count(*) from stock_alert where ended_at is null) as "openAlerts",
       (select count(*) from mail where status in ('pending', 'sending')) as "unsentMails",
       (select count(*) from mail where status = 'failed') as "failedMails"`,
  );
  const [backlog] = rows;
  if (backlog === undefined) throw new Error("Expected one row of the backlog; got none.");
  return backlog;
}
