// The intake of orders: those that arrive together are stored by one statement and announced by one job. Each request
// is answered when its order's row is durable.

import type { Pool } from "pg";
import type { Logger } from "pino";
import { groupCommit } from "../../flow/batch-presets.ts";
import { type Batcher, createBatcher } from "../../flow/batcher.ts";
import type { Share } from "../../flow/fair-queue.ts";
import { type IntakeOutcome, insertOrders, type NewOrder } from "../../db/orders/insert-orders.ts";
import { createItemMemory } from "../../db/orders/item-memory.ts";
import {
  type AnnounceLog,
  announceOrLeaveToSweeper,
} from "../../queues/announce-or-leave-to-sweeper.ts";
import type { Tracing } from "../../flow/tracing.ts";
import type { JobQueue, JobQueues } from "../../queues/backend.ts";
import type { AnnouncementOf, JobName } from "../../queues/jobs/all-jobs.ts";
import { createThrottledLog } from "../../flow/throttled-log.ts";
import { assignJobs, expiryJobsOf, jobsOf } from "./order-jobs.ts";

/**
 * Per statement: the most orders and the most lines. Then the most waiting orders, and how long they may wait at the
 * present pace. Then how long an order may be without its outcome, if the database does not answer. Milliseconds.
 */
const limits = { orders: 200, lines: 4_000, waiting: 20_000, waitMs: 1_000, answerMs: 6_000 };

/**
 * A single order is stored at once. Several orders wait a few milliseconds for more, because each costs less if it
 * shares a statement and a job. In a rush there are always enough, and the next statement runs while the last one is
 * made durable.
 */
const gathering = { ...groupCommit, itemsEnough: 48, lingerMs: 3 };

/** The intake of one process. */
export type Intake = {
  /**
   * Resolves when the order is durable, or with the reason why it was not stored. Rejects with a batcher's error if too
   * many orders wait, or if the database does not answer in time. If orders have to wait, users take turns.
   */
  submit(order: NewOrder, share?: Share): Promise<IntakeOutcome>;
  /** How long the oldest order has been without its outcome, in milliseconds; 0 if there is none. */
  oldestMs(): number;
  /** Stores and announces all submitted orders. Orders submitted later are refused. */
  close(): Promise<void>;
};

/** Creates the intake. `onStored` gets the outcomes of each statement, and how long it took in seconds. */
export function createIntake(
  pool: Pool,
  queues: Pick<JobQueues, "process-order" | "expire-order">,
  log: Logger,
  onStored: (outcomes: readonly IntakeOutcome[], seconds: number) => void = () => undefined,
  tracing?: Tracing,
): Intake {
  const announcing = new Set<Promise<void>>();
  const onUnstored = createThrottledLog(log, "orders could not be stored");
  const onUnannounced = createThrottledLog(
    log,
    "orders were stored but not announced; the sweeper will announce them",
  );
  const throttled: AnnounceLog = { warn: ({ err }) => onUnannounced(err) };
  const memory = createItemMemory();

  /** The reply doesn't wait for the queue, because the rows are durable and the sweeper finds orders without a job. */
  const announce = <Name extends JobName>(
    queue: JobQueue<Name>,
    jobs: readonly AnnouncementOf<Name>[],
  ): void => {
    const announced = announceOrLeaveToSweeper(queue, jobs, throttled).finally(() =>
      announcing.delete(announced),
    );
    announcing.add(announced);
  };

  const batcher: Batcher<NewOrder, IntakeOutcome> = createBatcher({
    itemsMax: limits.orders,
    weightMax: limits.lines,
    weigh: (order) => order.lines.length,
    ...gathering,
    waitingMax: limits.waiting,
    waitMsMax: limits.waitMs,
    answerMsMax: limits.answerMs,
    async write(orders) {
      const ofJobs = assignJobs(orders);
      const begun = performance.now();
      const span = tracing?.start("store orders", {
        kind: "internal",
        links: orders.map(({ trace }) => trace),
        facts: { "tallyman.orders": orders.length },
      });
      const outcomes = await insertOrders(pool, memory, ofJobs).catch((error: unknown) => {
        // The orders' requests may have been answered already, and then nothing else would log this error.
        onUnstored(error);
        span?.end({}, error);
        throw error;
      });
      //! kill point: orders-stored
      span?.end();
      onStored(outcomes, (performance.now() - begun) / 1_000);
      announce(queues["process-order"], jobsOf(ofJobs, outcomes));
      const expiries = expiryJobsOf(orders, outcomes, Date.now());
      if (expiries.length > 0) announce(queues["expire-order"], expiries);
      return outcomes.map((value) => ({ status: "fulfilled", value }));
    },
  });

  return {
    submit: batcher.add,
    oldestMs: batcher.oldestMs,
    async close() {
      await batcher.close();
      await Promise.all(announcing);
    },
  };
}
