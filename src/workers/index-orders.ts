// Adds orders to the index of searches, a moment after they were placed. It has no job: the index says itself how far
// it is filled, and each step goes on from there. Several processes may run it; one at a time does a step.

import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { Logger } from "pino";
import { hasOrdersToIndex, indexOrders } from "../db/search/index-orders.ts";
import { countPending } from "../db/search/count-pending.ts";
import { untilNext } from "../flow/until-next.ts";
import { createThrottledLog } from "../flow/throttled-log.ts";

/** A running indexer. */
export type OrderIndexer = {
  /** Stops. Resolves once the current step has ended. */
  close(): Promise<void>;
};

/** Pauses in milliseconds: if nothing was to do, and while too many orders wait to be decided. */
const pauses = { idle: 1_000, busy: 1_000 };

/** With more pending orders than this, deciding them comes first, for so many milliseconds. */
const busy = { pendingMax: 500, waitMaxMs: 60_000 };

/** How many times as long as a step the pause before the next one is: with orders that wait to be decided, and without. */
const restFactors = { pending: 19, quiet: 1 };

/** What decides when the next step is done. Times are in milliseconds. */
export type IndexerState = {
  readonly pending: number;
  /** How long too many orders have been pending. */
  readonly busyMs: number;
  readonly lastStepMs: number;
};

/**
 * How long to wait before the next step, in milliseconds, and whether it may be done then. While orders come, the index
 * gets a twentieth of one connection's time, so that they are decided as fast as without it. While too many wait, it gets
 * none for a minute; then it goes on, because the rush may last for hours.
 */
export function nextStep({ pending, busyMs, lastStepMs }: IndexerState): {
  readonly pauseMs: number;
  readonly mayRun: boolean;
} {
  if (pending > busy.pendingMax && busyMs < busy.waitMaxMs) {
    return { pauseMs: pauses.busy, mayRun: false };
  }
  const factor = pending > 0 ? restFactors.pending : restFactors.quiet;
  return { pauseMs: lastStepMs * factor, mayRun: true };
}

/** Starts the indexer. A step that fails is a warning in the log, and is done again. */
export function startOrderIndexer(pool: Pool, log: Logger): OrderIndexer {
  const onFailed = createThrottledLog(log, "orders could not be added to the search");
  const stopping = new AbortController();
  const { signal } = stopping;
  let busySince: number | null = null;
  let lastStepMs = 0;

  /** Does a step if it may. Resolves with how long to wait before the next look, in milliseconds. */
  const look = async (): Promise<number> => {
    if (!(await hasOrdersToIndex(pool))) return untilNext(pauses.idle);
    const pending = await countPending(pool, busy.pendingMax + 1);
    busySince = pending > busy.pendingMax ? (busySince ?? performance.now()) : null;
    const busyMs = busySince === null ? 0 : performance.now() - busySince;
    const { pauseMs, mayRun } = nextStep({ pending, busyMs, lastStepMs });
    if (!mayRun) return pauseMs;
    await rest(pauseMs, signal);
    if (signal.aborted) return 0;
    const start = performance.now();
    const { isDone } = await indexOrders(pool);
    lastStepMs = performance.now() - start;
    return isDone ? pauses.idle : 0;
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const pauseMs = await look().catch((error: unknown) => {
        onFailed(error);
        return pauses.idle;
      });
      await rest(pauseMs, signal);
    }
  };
  const running = run();
  return {
    async close() {
      stopping.abort();
      await running;
    },
  };
}

/** Waits so many milliseconds, or until the signal. */
async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
