// Job `process-order`, triggered by an accepted order: takes its stock. Safe to run twice, since only an
// order that is still pending is decided. When its attempts end, the sweeper announces the order again.

import { UnrecoverableError } from "bullmq";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { AlertToCheck } from "../db/alerts/record-transition.ts";
import { UndecidableOrderError } from "../db/orders/lock-batch.ts";
import type { JobProcessor } from "../queues/backend.ts";
import { type Batcher, createBatcher } from "../batcher.ts";
import { decideBatch, type OrderOutcome } from "./decide-batch.ts";
import { createTurns } from "../turns.ts";
import { parsePayload } from "./parse-payload.ts";

/** How batches of orders are gathered. */
export type OrderBatching = {
  readonly ordersMax: number;
  readonly linesMax: number;
  readonly lingerMs: number;
};

type QueuedOrder = { readonly id: string; readonly lines: number };

/** Batches being written at once: while one commits, the next is gathered and planned. */
const writersMax = 2;

/** Creates the batcher that all `process-order` jobs of this process go through. */
export function createOrderBatcher(
  pool: Pool,
  batching: OrderBatching,
  onAlerts: (alerts: readonly AlertToCheck[]) => void,
  log: Logger,
): Batcher<QueuedOrder, OrderOutcome> {
  const deciding = { pool, takeTurn: createTurns(), onAlerts };
  return createBatcher({
    itemsMax: batching.ordersMax,
    weightMax: batching.linesMax,
    weigh: (order) => order.lines,
    lingerMs: batching.lingerMs,
    writersMax,
    waitingMax: 4 * batching.ordersMax,
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

/** The processor of `process-order`. */
export function processOrder(batcher: Batcher<QueuedOrder, OrderOutcome>): JobProcessor {
  return async (job) => {
    const { order: id, lines } = parsePayload("process-order", job.data);
    try {
      const outcome = await batcher.add({ id, lines });
      if (outcome.outcome === "unknown-order") {
        throw new UnrecoverableError(`There is no order ${id}: this job was not made by the API.`);
      }
      return outcome;
    } catch (error) {
      if (error instanceof UndecidableOrderError) throw new UnrecoverableError(error.message);
      throw error;
    }
  };
}
