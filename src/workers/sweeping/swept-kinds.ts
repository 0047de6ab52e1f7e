// The kinds of work that the sweeper looks after: how each is found, which job it should have, and how it is
// announced again.

import type { Pool } from "pg";
import { noteJob } from "../../db/orders/note-job.ts";
import {
  findOpenMails,
  findPendingOrders,
  findUncheckedAlerts,
  type SweepPage,
} from "../../db/sweep/find-forgotten.ts";
import { alertedGroup } from "../../domain/access/permissions.ts";
import {
  alertJob,
  type AlertWork,
  mailJob,
  newJobId,
  type MailWork,
  ordersJob,
  type OrderWork,
} from "../../queues/announce-work.ts";
import type { JobQueue } from "../../queues/backend.ts";
import { jobOrdersMax } from "../../queues/jobs.ts";

/** One kind of work. */
export type SweptKind<Row extends { readonly id: string }> = {
  readonly queue: JobQueue;
  readonly find: (page: SweepPage) => Promise<readonly Row[]>;
  /** The id of the job that should get the row done. */
  readonly jobIdOf: (row: Row) => string;
  /** Announces rows that have no such job. */
  readonly announce: (rows: readonly Row[]) => Promise<void>;
};

/** Orders. Those that have lost their job get a new one together, whoever shared the old. */
export function sweptOrders(
  pool: Pool,
  queue: JobQueue,
): SweptKind<OrderWork & { readonly jobId: string }> {
  return {
    queue,
    find: (page) => findPendingOrders(pool, page),
    jobIdOf: ({ jobId }) => jobId,
    async announce(orders) {
      for (let start = 0; start < orders.length; start += jobOrdersMax) {
        const together = orders.slice(start, start + jobOrdersMax);
        const jobId = newJobId();
        await noteJob(
          pool,
          together.map(({ id }) => id),
          jobId,
        );
        await queue.announce([ordersJob(jobId, together)]);
      }
    },
  };
}

/** Alerts with news. */
export function sweptAlerts(pool: Pool, queue: JobQueue): SweptKind<AlertWork> {
  return {
    queue,
    find: (page) => findUncheckedAlerts(pool, { ...page, group: alertedGroup }),
    jobIdOf: (alert) => alertJob(alert).id,
    announce: (alerts) => queue.announce(alerts.map((alert) => alertJob(alert))),
  };
}

/** Mails. */
export function sweptMails(pool: Pool, queue: JobQueue): SweptKind<MailWork> {
  return {
    queue,
    find: (page) => findOpenMails(pool, page),
    jobIdOf: (mail) => mailJob(mail).id,
    announce: (mails) => queue.announce(mails.map((mail) => mailJob(mail))),
  };
}
