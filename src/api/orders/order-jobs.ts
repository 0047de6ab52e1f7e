// Decides which job announces which order. Orders that are stored together share one job, which makes its cost per
// order very small under load. A single order has its own job.

import type { IntakeOutcome, NewOrder, OrderOfJob } from "../../db/orders/insert-orders.ts";
import { expiryJob } from "../../queues/jobs/expire-order.ts";
import type { AnnouncementOf } from "../../queues/jobs/all-jobs.ts";
import {
  jobOrdersMax,
  orderAgainJob,
  ordersJob,
  type OrderWork,
} from "../../queues/jobs/process-order.ts";

/** Gives each order its job. A job's id is that of its first order. */
export function assignJobs(orders: readonly NewOrder[]): OrderOfJob[] {
  let jobId = "";
  return orders.map((order, index) => {
    if (index % jobOrdersMax === 0) jobId = order.id;
    return { ...order, jobId };
  });
}

/**
 * Returns the jobs of the pending orders. An order that was stored before has been announced already. If it has waited
 * for long, its job may be lost, so it is announced again, by a job of its own.
 */
export function jobsOf(
  orders: readonly OrderOfJob[],
  outcomes: readonly IntakeOutcome[],
): AnnouncementOf<"process-order">[] {
  const jobs = new Map<string, OrderWork[]>();
  const again: OrderWork[] = [];
  for (const [index, { reference, lines, awaited, jobId, trace }] of orders.entries()) {
    const outcome = outcomes[index];
    if (outcome?.kind === "known" && outcome.waitsLong) {
      again.push({ id: outcome.id, reference, lines: lines.length, awaited, trace });
    }
    // An order that awaits its payment is announced when it is paid.
    if (outcome?.kind !== "accepted" || outcome.status !== "pending") continue;
    const work = { id: outcome.id, reference, lines: lines.length, awaited, trace };
    const together = jobs.get(jobId);
    if (together === undefined) jobs.set(jobId, [work]);
    else together.push(work);
  }
  return [
    ...[...jobs].map(([id, work]) => ordersJob(id, work)),
    ...again.map((order) => orderAgainJob(order)),
  ];
}

/** Returns the jobs that look at new orders when their time for payment is over. `now` is in milliseconds since 1970. */
export function expiryJobsOf(
  orders: readonly NewOrder[],
  outcomes: readonly IntakeOutcome[],
  now: number,
): AnnouncementOf<"expire-order">[] {
  return orders.flatMap(({ reference, lines, payBy }, index) => {
    const outcome = outcomes[index];
    if (payBy === null || outcome?.kind !== "accepted") return [];
    const work = { id: outcome.id, reference, lines: lines.length };
    return [expiryJob(work, payBy.getTime() - now)];
  });
}
