// Where orders come in: requests that arrive together are stored by one statement and announced by one job,
// and each is answered once its row is durable.

import type { Pool } from "pg";
import type { Logger } from "pino";
import { groupCommit } from "../../flow/batch-presets.ts";
import { type Batcher, createBatcher } from "../../flow/batcher.ts";
import { type IntakeOutcome, insertOrders, type NewOrder } from "../../db/orders/insert-orders.ts";
import { createItemMemory } from "../../db/orders/item-memory.ts";
import {
  type AnnounceLog,
  announceOrLeaveToSweeper,
} from "../../queues/announce-or-leave-to-sweeper.ts";
import type { JobQueue } from "../../queues/backend.ts";
import type { AnnouncementOf } from "../../queues/jobs/all-jobs.ts";
import { createThrottledLog } from "../../flow/throttled-log.ts";
import { assignJobs, jobsOf } from "./order-jobs.ts";

/**
 * Orders that one statement stores at most, lines that they may have together, orders that wait for one, and how
 * long an order may be without its outcome. More orders wait than are stored in that time on a slow machine.
 */
const limits = { orders: 200, lines: 4_000, waiting: 20_000, answerMs: 6_000 };

/**
 * An order that comes alone is stored at once. Where several come, each costs the less the more of them share a
 * statement and a job: they wait for a few milliseconds, until there are enough for that. In a rush there always
 * are, and the next statement is executed while the last one is made durable.
 */
const gathering = { ...groupCommit, itemsEnough: 48, lingerMs: 3 };

/** The intake of one process. */
export type Intake = {
  /**
   * Resolves when the order is durable, or with the reason why it is not. Rejects with a batcher's error if too
   * many orders wait, or if the database does not answer in time.
   */
  submit(order: NewOrder): Promise<IntakeOutcome>;
  /** How long the oldest order has been without its outcome, in milliseconds; 0 if there is none. */
  oldestMs(): number;
  /** Stores what was submitted, announces it and ends. */
  close(): Promise<void>;
};

/** Creates the intake. */
export function createIntake(pool: Pool, queue: JobQueue<"process-order">, log: Logger): Intake {
  const announcing = new Set<Promise<void>>();
  const onUnstored = createThrottledLog(log, "orders could not be stored");
  const onUnannounced = createThrottledLog(
    log,
    "orders stored but not announced; the sweeper will",
  );
  const throttled: AnnounceLog = { warn: ({ err }) => onUnannounced(err) };
  const memory = createItemMemory();

  /** The answer does not wait for the queue: the rows are safe, and the sweeper finds what has no job. */
  const announce = (jobs: readonly AnnouncementOf<"process-order">[]): void => {
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
    answerMsMax: limits.answerMs,
    async write(orders) {
      const ofJobs = assignJobs(orders);
      const outcomes = await insertOrders(pool, memory, ofJobs).catch((error: unknown) => {
        // By now the orders' own requests may have been answered, and nobody else would tell.
        onUnstored(error);
        throw error;
      });
      announce(jobsOf(ofJobs, outcomes));
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
