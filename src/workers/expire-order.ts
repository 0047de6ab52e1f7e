// Job `expire-order`, triggered when an order's time for payment is over: ends the order if it is not paid, and gives
// back what it had taken. Safe to run twice, since only an order that is due, unpaid and not ended expires. When its
// attempts end, the sweeper announces the order again.

import { DelayedError, UnrecoverableError } from "bullmq";
import type { Pool } from "pg";
import type { AlertToCheck } from "../db/alerts/record-transition.ts";
import { expireOrders } from "../db/orders/expire-orders.ts";
import { findUnexpired } from "../db/orders/find-unexpired.ts";
import { groupCommit } from "../flow/batch-presets.ts";
import { type Batcher, createBatcher } from "../flow/batcher.ts";
import type { JobProcessor } from "../queues/backend.ts";
import { expireOrder } from "../queues/jobs/expire-order.ts";
import { parsePayload } from "./parse-payload.ts";

/**
 * Orders and lines of one transaction at most. It holds the levels of all of them until it commits, and writes each
 * level of each order, so it is much smaller than a batch of decisions.
 */
const limits = { orders: 50, lines: 400 };

type DueOrder = { readonly id: string; readonly lines: number };

/**
 * Creates the batcher that all `expire-order` jobs of this process share. An order's promise resolves with whether it
 * expired, and rejects if its transaction failed. `onAlerts` gets the alerts that need a check, and `onExpired`
 * how many orders expired.
 */
export function createExpiryBatcher(
  pool: Pool,
  onAlerts: (alerts: readonly AlertToCheck[]) => void,
  onExpired: (orders: number) => void = () => undefined,
): Batcher<DueOrder, boolean> {
  const expire = async (ids: readonly string[]): Promise<PromiseSettledResult<boolean>[]> => {
    try {
      const expired = await expireOrders(pool, ids);
      onExpired(expired.ids.size);
      if (expired.alerts.length > 0) onAlerts(expired.alerts);
      return ids.map((id) => ({ status: "fulfilled", value: expired.ids.has(id) }));
    } catch (reason) {
      if (ids.length === 1) return [{ status: "rejected", reason }];
      // One order may have failed the others, so each is tried alone.
      const alone: PromiseSettledResult<boolean>[] = [];
      for (const id of ids) alone.push(...(await expire([id])));
      return alone;
    }
  };
  return createBatcher({
    ...groupCommit,
    itemsMax: limits.orders,
    weightMax: limits.lines,
    weigh: (order) => order.lines,
    lingerMs: 5,
    waitingMax: expireOrder.concurrency,
    write: (orders) => expire(orders.map(({ id }) => id)),
  });
}

/** How far ahead of the database's clock a job may begin before it waits again, in milliseconds. */
const earlyMs = 100;

/** Creates the processor of `expire-order`. A job fails if the database does not answer. */
export function createExpiryProcessor(
  pool: Pool,
  batcher: Batcher<DueOrder, boolean>,
): JobProcessor {
  return async (job, token) => {
    const { order: id, reference, lines } = parsePayload("expire-order", job.data);
    if (await batcher.add({ id, lines })) return { reference, outcome: "expired" };
    const found = await findUnexpired(pool, id);
    if (found === null) {
      throw new UnrecoverableError(`There is no order ${id}: this job was not made by Tallyman.`);
    }
    const { status, isPaid, dueInMs } = found;
    if (isPaid) return { reference, outcome: "nothing to do: it is paid" };
    if (dueInMs !== null && dueInMs > 0) {
      // The clock of this process, or of the one that announced the job, is ahead of the database's.
      await job.moveToDelayed(Date.now() + dueInMs + earlyMs, token);
      throw new DelayedError(`Order ${reference} is due in ${dueInMs} ms.`);
    }
    return { reference, outcome: `nothing to do: it is ${status}` };
  };
}
