// Which job announces which order: orders that are stored together share one, so that under load a job costs
// an order next to nothing. An order that comes alone has a job of its own, under its own id.

import type { IntakeOutcome, NewOrder, OrderOfJob } from "../../db/orders/insert-orders.ts";
import type { AnnouncementOf } from "../../queues/jobs/all-jobs.ts";
import {
  jobOrdersMax,
  orderAgainJob,
  ordersJob,
  type OrderWork,
} from "../../queues/jobs/process-order.ts";

/** Gives each order its job. A job goes by the id of its first order. */
export function assignJobs(orders: readonly NewOrder[]): OrderOfJob[] {
  let jobId = "";
  return orders.map((order, index) => {
    if (index % jobOrdersMax === 0) jobId = order.id;
    return { ...order, jobId };
  });
}

/**
 * The jobs of the orders that wait for their decision. An order that was known before has been announced already.
 * Only if it has waited for long is it announced again, alone and by a job of its own, should that job be lost.
 */
export function jobsOf(
  orders: readonly OrderOfJob[],
  outcomes: readonly IntakeOutcome[],
): AnnouncementOf<"process-order">[] {
  const jobs = new Map<string, OrderWork[]>();
  const again: OrderWork[] = [];
  for (const [index, { reference, lines, awaited, jobId }] of orders.entries()) {
    const outcome = outcomes[index];
    if (outcome?.kind === "known" && outcome.waitsLong) {
      again.push({ id: outcome.id, reference, lines: lines.length, awaited });
    }
    if (outcome?.kind !== "accepted") continue;
    const work = { id: outcome.id, reference, lines: lines.length, awaited };
    const together = jobs.get(jobId);
    if (together === undefined) jobs.set(jobId, [work]);
    else together.push(work);
  }
  return [
    ...[...jobs].map(([id, work]) => ordersJob(id, work)),
    ...again.map((order) => orderAgainJob(order)),
  ];
}
