// What the log says of orders that were decided. Each line has the id of the request that placed the order.

import type { Pool } from "pg";
import type { Logger } from "pino";
import { readRequestIds } from "../db/orders/read-request-ids.ts";
import type { OrderOutcome } from "./decide-batch.ts";

/** How many failed orders of a batch are named; the log of a broken database would grow without it. */
const namedMax = 20;

/**
 * Logs a batch: one line for it and, at level debug, one for each order. A batch with failed orders is a warning, which names
 * the first of them. It reads from the database only if a line needs it.
 */
export async function logOrders(
  pool: Pool,
  log: Logger,
  ids: readonly string[],
  { results, ms }: { results: readonly PromiseSettledResult<OrderOutcome>[]; ms: number },
): Promise<void> {
  const failed = ids.filter((_id, index) => results[index]?.status === "rejected");
  const isDetailed = log.isLevelEnabled("debug");
  if (failed.length === 0 && !isDetailed) return;
  const facts = { orders: ids.length, failed: failed.length, ms };
  const requestIds = await readRequestIds(pool, isDetailed ? ids : failed.slice(0, namedMax));
  const named = (order: string) => ({ order, requestId: requestIds.get(order) });
  if (failed.length === 0) log.debug(facts, "batch decided");
  else log.warn({ ...facts, first: failed.slice(0, namedMax).map(named) }, "batch decided");
  if (!isDetailed) return;
  for (const [index, order] of ids.entries()) {
    const result = results[index];
    const outcome = result?.status === "fulfilled" ? result.value.outcome : "failed";
    log.debug({ ...named(order), outcome }, "order decided");
  }
}
