// The sweeper announces rows again that have waited too long and have no job that could still get them done. It makes
// a job harmless that was lost, deleted or given up. It also serves pre-orders that a process of an old version left
// waiting, and finds what each item sold lately.

import type { Pool } from "pg";
import type { Logger } from "pino";
import { requireFeedMoves } from "../../db/feed/read-feed-delay.ts";
import { removeExpired } from "../../db/sweep/find-forgotten.ts";
import { withSweepLock } from "../../db/sweep/sweep-lock.ts";
import { thoroughSweep } from "../../db/sweep/thorough-sweep.ts";
import type { QueueBackend } from "../../queues/backend.ts";
import { mapJobs, jobNames, type JobName } from "../../queues/jobs/all-jobs.ts";
import { createThrottledLog } from "../../flow/throttled-log.ts";
import { refreshOutlooks } from "./refresh-outlooks.ts";
import { serveUnserved } from "./serve-unserved.ts";
import { createSweeps } from "./swept-kinds.ts";

/** The pause between two sweeps, and how old a row must be before a sweep looks at it, in milliseconds. */
export type SweepSettings = { readonly intervalMs: number; readonly afterMs: number };

/** A running sweeper. */
export type Sweeper = {
  /** Stops sweeping. Resolves once a running sweep has ended, which it does after its current page. */
  close(): Promise<void>;
};

/** How many rows a sweep announced again, by the name of their job. */
export type SweepCounts = Readonly<Record<JobName, number>>;

/** What a sweep came to. One that found something and failed later has failed. */
export type SweepOutcome = "found" | "nothing" | "failed";

/**
 * Starts sweeping: now, and again after each pause. Rows are found once they have waited for `afterMs`, if they are among
 * the oldest or if many have lost their jobs, and else after six times as long. `onFound` is called after each sweep that
 * announced something, which means that a job was lost, and `onEnded` after each sweep. A sweep that fails is a warning in
 * the log.
 */
export function startSweeper(
  pool: Pool,
  backend: QueueBackend,
  settings: SweepSettings,
  onFound: (counts: SweepCounts) => void,
  log: Logger,
  onEnded: (outcome: SweepOutcome) => void = () => undefined,
): Sweeper {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let sweeping = Promise.resolve();
  const onFailed = createThrottledLog(log, "sweep failed; the next one tries again");
  const onFeedHeld = createThrottledLog(log, "the feed of events does not move");
  const onServed = (orders: number) =>
    log.info({ orders }, "gave units on the shelf to pre-orders that an old version left waiting");

  let sweeps = 0;
  const sweepThenWait = (): void => {
    let hasFailed = false;
    const counts = mapJobs(() => 0);
    const asked = { counts, stop: () => closed, onServed };
    const isThorough = sweeps % thoroughSweep.every === 0;
    sweeps += 1;
    sweeping = sweepOldest(pool, backend, settings.afterMs, asked)
      .then(() =>
        isThorough
          ? sweepOnce(pool, backend, settings.afterMs * thoroughSweep.times, asked)
          : undefined,
      )
      .then(
        () => requireFeedMoves(pool).catch(onFeedHeld),
        (error: unknown) => {
          hasFailed = true;
          onFailed(error);
        },
      )
      .finally(() => {
        // Also if the sweep failed after it announced something.
        const hasFound = jobNames.some((name) => counts[name] > 0);
        if (hasFound) onFound(counts);
        onEnded(hasFailed ? "failed" : hasFound ? "found" : "nothing");
        if (!closed) timer = setTimeout(sweepThenWait, settings.intervalMs);
      });
  };
  sweepThenWait();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}

/** How a sweep is run. */
type SweepOptions = {
  readonly counts?: Record<JobName, number>;
  /** Asked between pages: true ends the sweep. */
  readonly stop?: () => boolean;
  /** Called if the sweep served pre-orders, with how many orders got units. */
  readonly onServed?: (orders: number) => void;
};

/**
 * Sweeps the oldest orders, alerts and mails of those that wait for longer than `ageMs`, unless another process sweeps
 * just now. It costs the same however many wait with their job. Orders that are to expire are left to the sweep of all:
 * many may be due at one moment, and wait in turn. Resolves and rejects as `sweepOnce`.
 */
export async function sweepOldest(
  pool: Pool,
  { queues }: Pick<QueueBackend, "queues">,
  ageMs: number,
  { counts = mapJobs(() => 0), stop = () => false }: SweepOptions = {},
): Promise<SweepCounts> {
  await withSweepLock(pool, async (confirm) => {
    const sweep = { reach: "oldest", ageMs, stop, confirm, counts } as const;
    const sweeps = createSweeps(pool, queues);
    for (const name of jobNames) if (name !== "expire-order") await sweeps[name](sweep);
  });
  return counts;
}

/**
 * Sweeps all rows that wait for longer than `ageMs`, unless another process sweeps just now. Resolves with how many rows
 * were announced again, which `counts` has as they are found. Rejects if the database or the queue store is away.
 */
export async function sweepOnce(
  pool: Pool,
  { queues }: Pick<QueueBackend, "queues">,
  ageMs: number,
  { counts = mapJobs(() => 0), stop = () => false, onServed = () => undefined }: SweepOptions = {},
): Promise<SweepCounts> {
  await withSweepLock(pool, async (confirm) => {
    const sweep = { reach: "all", ageMs, stop, confirm, counts } as const;
    const sweeps = createSweeps(pool, queues);
    for (const name of jobNames) await sweeps[name](sweep);
    const served = await serveUnserved(pool, queues, { stop, confirm });
    if (served > 0) onServed(served);
    await removeExpired(pool, confirm);
    await refreshOutlooks(pool, { stop, confirm });
  });
  return counts;
}
