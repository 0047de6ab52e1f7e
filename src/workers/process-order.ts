// Job `process-order`, triggered by accepted orders: takes their stock, or rejects them. Safe to run twice, since only
// an order that is still pending is decided. When its attempts end, the sweeper announces the pending orders again.

import { UnrecoverableError } from "bullmq";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { CausedAlert } from "./announce-caused-alerts.ts";
import { setJobId } from "../db/orders/set-job-id.ts";
import { UndecidableOrderError } from "../db/orders/lock-batch.ts";
import type { AbsorbJobs, JobProcessor } from "../queues/backend.ts";
import { groupCommit } from "../flow/batch-presets.ts";
import { type Batcher, createBatcher } from "../flow/batcher.ts";
import { decideBatch, type MeasuredBatch, type OrderOutcome } from "./decide-batch.ts";
import type { TraceContext, Tracing } from "../flow/tracing.ts";
import { logOrders } from "./log-orders.ts";
import { beginOrders, endOrders, factsOfBatch } from "./trace-orders.ts";
import { createTicketLock } from "../flow/ticket-lock.ts";
import { createSlidingMaximum } from "../flow/sliding-maximum.ts";
import { parsePayload } from "./parse-payload.ts";
import type { Payload } from "../queues/jobs/all-jobs.ts";
import { jobOrdersMax } from "../queues/jobs/process-order.ts";

/** How batches of orders are gathered. */
export type OrderBatching = {
  /** Orders of one batch at most. */
  readonly ordersMax: number;
  /** Lines that the orders of one batch have together at most. */
  readonly linesMax: number;
  /** How long a batch waits for more orders at most, in milliseconds. */
  readonly lingerMs: number;
  /** Orders that may wait for a batch: as many as all running jobs can hold, so that none is refused. */
  readonly waitingMax: number;
};

type QueuedOrder = {
  readonly id: string;
  readonly lines: number;
  readonly awaited: boolean;
  /** The place of its span in its trace, if there are traces. */
  readonly trace?: TraceContext | undefined;
};

/**
 * Creates the batcher that all `process-order` jobs of this process share. `onAlerts` gets the alerts of a committed
 * batch that need a check, and `onDecided` what was measured of it. An order's promise rejects if its decision failed.
 */
export function createOrderBatcher(
  pool: Pool,
  batching: OrderBatching,
  onAlerts: (alerts: readonly CausedAlert[]) => void,
  log: Logger,
  onDecided: (batch: MeasuredBatch) => void = () => undefined,
  tracing?: Tracing,
): Batcher<QueuedOrder, OrderOutcome> {
  const deciding = { pool, takeTicket: createTicketLock(), onAlerts, onDecided };
  const decide = async (orders: readonly QueuedOrder[], ids: readonly string[]) => {
    if (tracing === undefined) return decideBatch(deciding, ids);
    const traces = new Map(orders.map(({ id, trace }) => [id, trace]));
    const span = tracing.start("decide batch", { kind: "internal", links: [...traces.values()] });
    const results = await decideBatch(
      {
        ...deciding,
        onAlerts: (alerts) =>
          onAlerts(alerts.map((alert) => ({ ...alert, trace: traces.get(alert.orderId ?? "") }))),
      },
      ids,
    );
    span.end(factsOfBatch(results));
    return results;
  };
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
      const ids = orders.map((order) => order.id);
      const results = await decide(orders, ids);
      const ms = Math.round(performance.now() - started);
      void logOrders(pool, log, ids, { results, ms });
      return results;
    },
  });
}

/** How long, at least, a worker that processed as many jobs as it may expects others to wait, in milliseconds. */
const othersExpectedForMs = 500;

/**
 * How many jobs a worker processes at once: as many as fill the two batches that are being written and the one that is
 * being gathered, if each job holds as many orders as it may. `batchOrdersMax` is the size of a batch in orders.
 */
export function jobsInHand(batchOrdersMax: number): number {
  return Math.max(4, Math.ceil((3 * batchOrdersMax) / jobOrdersMax));
}

/**
 * Creates the processor of `process-order`. If `jobsMax` jobs were processed at once within the last half second or so,
 * others are likely to wait. Then a job that is at most half full absorbs waiting jobs, and their orders' rows get its id.
 */
export function createOrderProcessor(
  batcher: Batcher<QueuedOrder, OrderOutcome>,
  pool: Pool,
  absorbJobs: AbsorbJobs,
  jobsMax: number,
  tracing?: Tracing,
): JobProcessor {
  let jobs = 0;
  const jobsMaximum = createSlidingMaximum(othersExpectedForMs);

  const payloadOf = async (job: Parameters<JobProcessor>[0], token: string) => {
    const payload = parsePayload("process-order", job.data);
    const areOthersLikely = jobsMaximum.get(performance.now()) >= jobsMax;
    if (!areOthersLikely || payload.orders.length > jobOrdersMax / 2) return payload;
    const together = parsePayload("process-order", await absorbJobs(job, token));
    const absorbed = together.orders.slice(payload.orders.length).map(({ order }) => order);
    if (absorbed.length > 0) await setJobId(pool, absorbed, job.id ?? "");
    return together;
  };

  const decide: JobProcessor = async (job, token = "") => {
    const { orders, awaited } = await payloadOf(job, token);
    const spans = tracing && beginOrders(tracing, job, orders);
    const results = await Promise.allSettled(
      orders.map(({ order: id, lines }, index) =>
        batcher.add({ id, lines, awaited, trace: spans?.[index]?.context }),
      ),
    );
    if (spans !== undefined) endOrders(spans, results);
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
 * What became of a job's orders, for operators: confirmed orders are counted, rejected ones explained. Throws if the
 * decision of one failed. The others are decided all the same, and are left as they are when the job runs again.
 */
function outcomeOf(
  orders: Payload<"process-order">["orders"],
  results: readonly PromiseSettledResult<OrderOutcome>[],
) {
  const counts = { confirmed: 0, alreadyEnded: 0 };
  const rejected: string[] = [];
  const undecidable: string[] = [];
  for (const [index, result] of results.entries()) {
    if (result.status === "rejected") {
      if (!(result.reason instanceof UndecidableOrderError)) throw result.reason;
      undecidable.push(result.reason.message);
      continue;
    }
    const { value } = result;
    if (value.outcome === "confirmed") counts.confirmed += 1;
    else if (value.outcome === "already-ended") counts.alreadyEnded += 1;
    else if (value.outcome === "rejected") {
      rejected.push(`${value.reference}: ${value.because}`);
    } else {
      undecidable.push(
        `There is no order ${orders[index]?.order}: this job was not made by the API.`,
      );
    }
  }
  if (undecidable.length > 0) throw new UnrecoverableError(undecidable.join(" "));
  return { ...counts, rejected };
}
