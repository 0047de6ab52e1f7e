// Job `process-order`, triggered by accepted orders: takes their stock. Safe to run twice, since only an order
// that is still pending is decided. When its attempts end, the sweeper announces what is pending again.

import { UnrecoverableError } from "bullmq";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { AlertToCheck } from "../db/alerts/record-transition.ts";
import { noteJob } from "../db/orders/note-job.ts";
import { UndecidableOrderError } from "../db/orders/lock-batch.ts";
import type { JobProcessor, TakeAlong } from "../queues/backend.ts";
import { groupCommit } from "../flow/batch-presets.ts";
import { type Batcher, createBatcher } from "../flow/batcher.ts";
import { decideBatch, type OrderOutcome } from "./decide-batch.ts";
import { createTicketLock } from "../flow/ticket-lock.ts";
import { createSlidingMaximum } from "../flow/sliding-maximum.ts";
import { parsePayload } from "./parse-payload.ts";
import { jobOrdersMax, type Payload } from "../queues/jobs.ts";

/** How batches of orders are gathered. */
export type OrderBatching = {
  readonly ordersMax: number;
  readonly linesMax: number;
  readonly lingerMs: number;
  /** As many orders as the jobs in hand can hold: those bound it, so that orders keep their order here. */
  readonly waitingMax: number;
};

type QueuedOrder = { readonly id: string; readonly lines: number; readonly awaited: boolean };

/** Creates the batcher that all `process-order` jobs of this process go through. */
export function createOrderBatcher(
  pool: Pool,
  batching: OrderBatching,
  onAlerts: (alerts: readonly AlertToCheck[]) => void,
  log: Logger,
): Batcher<QueuedOrder, OrderOutcome> {
  const deciding = { pool, takeTicket: createTicketLock(), onAlerts };
  return createBatcher({
    ...groupCommit,
    itemsMax: batching.ordersMax,
    weightMax: batching.linesMax,
    weigh: (order) => order.lines,
    lingerMs: batching.lingerMs,
    isUrgent: (order) => order.awaited,
    waitingMax: batching.waitingMax,
    async write(orders) {
      const started = performance.now();
      const results = await decideBatch(
        deciding,
        orders.map((order) => order.id),
      );
      const failed = results.filter((result) => result.status === "rejected").length;
      const ms = Math.round(performance.now() - started);
      log[failed > 0 ? "warn" : "debug"]({ orders: orders.length, failed, ms }, "batch decided");
      return results;
    },
  });
}

/** How long, at least, a worker that had all jobs in hand that it may expects others to wait. */
const othersExpectedForMs = 500;

/**
 * How many jobs a worker has in hand at once: those that fill the batches being written and the one being
 * gathered, where each has taken along as many as it may.
 */
export function jobsInHand(batchOrdersMax: number): number {
  return Math.max(4, Math.ceil((3 * batchOrdersMax) / jobOrdersMax));
}

/**
 * The processor of `process-order`. Where as many jobs as may be were in hand lately, others are likely to wait:
 * one that is at most half full takes them along, and their orders note that it is their job now.
 */
export function processOrder(
  batcher: Batcher<QueuedOrder, OrderOutcome>,
  pool: Pool,
  takeAlong: TakeAlong,
  jobsMax: number,
): JobProcessor {
  let jobs = 0;
  const jobsMaximum = createSlidingMaximum(othersExpectedForMs);

  const payloadOf = async (job: Parameters<JobProcessor>[0], token: string) => {
    const payload = parsePayload("process-order", job.data);
    if (jobsMaximum.get(performance.now()) < jobsMax || payload.orders.length > jobOrdersMax / 2)
      return payload;
    const together = parsePayload("process-order", await takeAlong(job, token));
    const taken = together.orders.slice(payload.orders.length).map(({ order }) => order);
    if (taken.length > 0) await noteJob(pool, taken, job.id ?? "");
    return together;
  };

  const decide: JobProcessor = async (job, token = "") => {
    const { orders, awaited } = await payloadOf(job, token);
    const results = await Promise.allSettled(
      orders.map(({ order: id, lines }) => batcher.add({ id, lines, awaited })),
    );
    return outcomeOf(orders, results);
  };

  return async (job, token) => {
    jobs += 1;
    jobsMaximum.see(jobs, performance.now());
    try {
      return await decide(job, token);
    } finally {
      jobs -= 1;
    }
  };
}

/**
 * What became of a job's orders, in words for ops: the usual only counted, the rest explained. Throws where
 * one failed: the others are decided all the same, and left as they are when the job runs again.
 */
function outcomeOf(
  orders: Payload<"process-order">["orders"],
  results: readonly PromiseSettledResult<OrderOutcome>[],
) {
  const told = { confirmed: 0, alreadyEnded: 0 };
  const rejected: { reference: string; because: string }[] = [];
  const hopeless: string[] = [];
  for (const [index, result] of results.entries()) {
    if (result.status === "rejected") {
      if (!(result.reason instanceof UndecidableOrderError)) throw result.reason;
      hopeless.push(result.reason.message);
      continue;
    }
    const { value } = result;
    if (value.outcome === "confirmed") told.confirmed += 1;
    else if (value.outcome === "already-ended") told.alreadyEnded += 1;
    else if (value.outcome === "rejected") {
      rejected.push({ reference: value.reference, because: value.because });
    } else {
      hopeless.push(`There is no order ${orders[index]?.order}: this job was not made by the API.`);
    }
  }
  if (hopeless.length > 0) throw new UnrecoverableError(hopeless.join(" "));
  return { ...told, rejected };
}
