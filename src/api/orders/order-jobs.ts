// Which job announces which order: orders that are stored together share one, so that under load a job costs
// an order next to nothing. An order that comes alone has a job of its own, under its own id.

import type { IntakeOutcome, NewOrder, OrderOfJob } from "../../db/orders/insert-orders.ts";
import { jobOrdersMax, ordersJob, type OrderWork } from "../../queues/announce-work.ts";
import type { Announcement } from "../../queues/backend.ts";

/** Gives each order its job. A job goes by the id of its first order. */
export function assignJobs(orders: readonly NewOrder[]): OrderOfJob[] {
  let jobId = "";
  return orders.map((order, index) => {
    if (index % jobOrdersMax === 0) jobId = order.id;
    return { ...order, jobId };
  });
}

/**
 * The jobs of the orders that wait for their decision. One that was known before goes by the job that it had:
 * where that job is still there, announcing it again changes nothing.
 */
export function jobsOf(
  orders: readonly OrderOfJob[],
  outcomes: readonly IntakeOutcome[],
): Announcement[] {
  const jobs = new Map<string, OrderWork[]>();
  for (const [index, { reference, lines, awaited, jobId: newJobId }] of orders.entries()) {
    const outcome = outcomes[index];
    const isKnown = outcome?.kind === "known" && outcome.status === "pending";
    if (outcome?.kind !== "accepted" && !isKnown) continue;
    const jobId = isKnown ? outcome.jobId : newJobId;
    const work = { id: outcome.id, reference, lines: lines.length, awaited };
    const together = jobs.get(jobId);
    if (together === undefined) jobs.set(jobId, [work]);
    else together.push(work);
  }
  return [...jobs].map(([id, work]) => ordersJob(id, work));
}
