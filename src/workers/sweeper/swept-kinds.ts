// The rows that the sweeper looks after, one kind for each job: how those that have waited too long are found, which
// job each should have, and how they are announced again.

import type { Pool } from "pg";
import { setJobId } from "../../db/orders/set-job-id.ts";
import {
  type DueAlert,
  findOpenMails,
  findOverdueOrders,
  findPendingOrders,
  findUncheckedAlerts,
} from "../../db/sweep/find-forgotten.ts";
import { findDueEndpoints } from "../../db/webhooks/find-due-endpoints.ts";
import { alertedGroup } from "../../domain/access/permissions.ts";
import type { JobQueue, JobQueues } from "../../queues/backend.ts";
import type { JobName } from "../../queues/jobs/all-jobs.ts";
import { alertJob } from "../../queues/jobs/check-low-stock.ts";
import { type WebhookWork, webhookJob } from "../../queues/jobs/deliver-webhook.ts";
import { overdueJob, type UnpaidWork } from "../../queues/jobs/expire-order.ts";
import {
  jobOrdersMax,
  newJobId,
  ordersJob,
  type OrderWork,
} from "../../queues/jobs/process-order.ts";
import { mailJob, type MailWork } from "../../queues/jobs/send-mail.ts";
import { type Sweep, sweepKind, type SweptKind } from "./sweep-kind.ts";

/** Creates a function for each job that sweeps the rows behind it. Each rejects if the database or the store is away. */
export function createSweeps(
  pool: Pool,
  queues: JobQueues,
): Readonly<Record<JobName, (sweep: Sweep) => Promise<void>>> {
  const orders = sweptOrders(pool, queues["process-order"]);
  const alerts = sweptAlerts(pool, queues["check-low-stock"]);
  const mails = sweptMails(pool, queues["send-mail"]);
  const unpaid = sweptUnpaid(pool, queues["expire-order"]);
  const endpoints = sweptEndpoints(pool, queues["deliver-webhook"]);
  return {
    "process-order": (sweep) => sweepKind(orders, sweep),
    "check-low-stock": (sweep) => sweepKind(alerts, sweep),
    "send-mail": (sweep) => sweepKind(mails, sweep),
    "expire-order": (sweep) => sweepKind(unpaid, sweep),
    "deliver-webhook": (sweep) => sweepKind(endpoints, sweep),
  };
}

/** Pending orders. Those that have lost their job get a new one together, whichever job they shared before. */
function sweptOrders(
  pool: Pool,
  queue: JobQueue<"process-order">,
): SweptKind<OrderWork & { readonly jobId: string }> {
  return {
    queue,
    find: (page) => findPendingOrders(pool, page),
    jobIdOf: ({ jobId }) => jobId,
    async announce(orders) {
      for (let start = 0; start < orders.length; start += jobOrdersMax) {
        const together = orders.slice(start, start + jobOrdersMax);
        const jobId = newJobId();
        const ids = together.map(({ id }) => id);
        await setJobId(pool, ids, jobId);
        await queue.announce([ordersJob(jobId, together)]);
      }
    },
  };
}

/** Alerts with news that nobody was notified of. Some only waited, because their item was told of often that day. */
function sweptAlerts(pool: Pool, queue: JobQueue<"check-low-stock">): SweptKind<DueAlert> {
  return {
    queue,
    find: (page) => findUncheckedAlerts(pool, { ...page, group: alertedGroup }),
    jobIdOf: (alert) => alertJob(alert).id,
    hasLostJob: ({ lost }) => lost,
    announce: (alerts) => queue.announce(alerts.map((alert) => alertJob(alert))),
  };
}

/**
 * Mails that are not sent yet. The job of one that was moved to an earlier time may still wait for the later one. One that
 * has been tried waits for its next attempt.
 */
function sweptMails(
  pool: Pool,
  queue: JobQueue<"send-mail">,
): SweptKind<MailWork & { readonly attempts: number }> {
  return {
    queue,
    find: (page) => findOpenMails(pool, page),
    jobIdOf: (mail) => mailJob(mail).id,
    isLate: ({ attempts }) => attempts === 0,
    announce: (mails) => queue.announce(mails.map((mail) => mailJob(mail))),
  };
}

/** Orders that were not paid in time and have not expired. */
function sweptUnpaid(pool: Pool, queue: JobQueue<"expire-order">): SweptKind<UnpaidWork> {
  return {
    queue,
    find: (page) => findOverdueOrders(pool, page),
    jobIdOf: (order) => overdueJob(order).id,
    announce: (orders) => queue.announce(orders.map((order) => overdueJob(order))),
  };
}

/**
 * Webhook endpoints that have something to do. The watch announces them many times a second, but can't if their last job
 * is in the way.
 */
function sweptEndpoints(pool: Pool, queue: JobQueue<"deliver-webhook">): SweptKind<WebhookWork> {
  return {
    queue,
    async find({ after, ageMs }) {
      const { due } = await findDueEndpoints(pool, ageMs);
      return due.filter(({ id }) => id > after);
    },
    jobIdOf: ({ id }) => id,
    hasLostJob: () => false,
    announce: (endpoints) => queue.announce(endpoints.map((endpoint) => webhookJob(endpoint))),
  };
}
