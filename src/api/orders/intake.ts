// Where orders come in: requests that arrive together are stored by one statement and announced by one job,
// and each is answered once its row is durable.

import type { Pool } from "pg";
import type { Logger } from "pino";
import { type Batcher, createBatcher } from "../../batcher.ts";
import { type IntakeOutcome, insertOrders, type NewOrder } from "../../db/orders/insert-orders.ts";
import { createItemMemory } from "../../db/orders/item-memory.ts";
import type { Announcement, JobQueue } from "../../queues/backend.ts";
import { assignJobs, jobsOf } from "./order-jobs.ts";

/** Orders that one statement stores at most, and lines that they may have together. */
const limits = { orders: 200, lines: 4_000, waiting: 10_000 };

/**
 * Statements under way at once: while one is made durable, all who come are gathered for the next. A second
 * one would only halve the groups and wait for the same disk.
 */
const writersMax = 1;

/** The intake of one process. */
export type Intake = {
  /** Resolves when the order is durable, or with the reason why it is not. */
  submit(order: NewOrder): Promise<IntakeOutcome>;
  /** Stores what was submitted, announces it and ends. */
  close(): Promise<void>;
};

/** Creates the intake. */
export function createIntake(pool: Pool, queue: JobQueue, log: Logger): Intake {
  const announcing = new Set<Promise<void>>();
  const memory = createItemMemory();

  /** The answer does not wait for the queue: the rows are safe, and the sweeper finds what has no job. */
  const announce = (jobs: readonly Announcement[]): void => {
    const announced = queue
      .announce(jobs)
      .catch((error: unknown) => {
        log.warn(
          { err: error, jobs: jobs.map(({ id }) => id) },
          "orders stored but not announced; the sweeper will",
        );
      })
      .finally(() => announcing.delete(announced));
    announcing.add(announced);
  };

  const batcher: Batcher<NewOrder, IntakeOutcome> = createBatcher({
    itemsMax: limits.orders,
    weightMax: limits.lines,
    weigh: (order) => order.lines.length,
    lingerMs: 0,
    writersMax,
    waitingMax: limits.waiting,
    async write(orders) {
      const ofJobs = assignJobs(orders);
      const outcomes = await insertOrders(pool, memory, ofJobs);
      announce(jobsOf(ofJobs, outcomes));
      return outcomes.map((value) => ({ status: "fulfilled", value }));
    },
  });

  return {
    submit: (order) => batcher.add(order),
    async close() {
      await batcher.close();
      await Promise.all(announcing);
    },
  };
}
