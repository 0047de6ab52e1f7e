// The sweeper announces rows again that have waited too long and have no job that could still get them done. It makes
// a job harmless that was lost, deleted or given up. It also serves pre-orders that a process of an old version left
// waiting, finds what each item sold lately, and removes what is older than it is to be kept.

import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import type { Logger } from "pino";
import { requireFeedMoves } from "../../db/feed/read-feed-delay.ts";
import { withinJob } from "../../db/request-scope.ts";
import type { KeptDays } from "../../db/retention/kept.ts";
import { prune } from "../../db/retention/prune.ts";
import { hasOldWork } from "../../db/sweep/has-old-work.ts";
import { withSweepLock } from "../../db/sweep/sweep-lock.ts";
import { thoroughSweep } from "../../db/sweep/thorough-sweep.ts";
import type { QueueBackend } from "../../queues/backend.ts";
import { mapJobs, jobNames, type JobName } from "../../queues/jobs/all-jobs.ts";
import { createThrottledLog } from "../../flow/throttled-log.ts";
import { refreshOutlooks } from "./refresh-outlooks.ts";
import { serveUnserved } from "./serve-unserved.ts";
import { createSweeps } from "./swept-kinds.ts";

/**
 * The pause between two sweeps, and how old a row must be before a sweep looks at it, in milliseconds; and how long old
 * rows are kept.
 */
export type SweepSettings = {
  readonly intervalMs: number;
  readonly afterMs: number;
  readonly kept?: KeptDays;
};

/** How long rows are kept if nothing says it. */
const keptByDefault: KeptDays = { requests: 7 };

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

  const removeOld = createRemoval(pool, settings.kept ?? keptByDefault);
  let sweeps = 0;
  /** Sweeps as a request of its own: its id is in the log's lines of all that the sweep writes and announces. */
  const sweepThenWait = (): void => withinJob({ requestId: randomUUID() }, sweepOnceThenWait);
  const sweepOnceThenWait = (): void => {
    let hasFailed = false;
    const counts = mapJobs(() => 0);
    const asked = { counts, stop: () => closed, onServed, removeOld };
    const isThorough = sweeps % thoroughSweep.every === 0;
    sweeps += 1;
    sweeping = sweepOldest(pool, backend, settings.afterMs, asked)
      .then(() =>
        isThorough
          ? sweepOnce(pool, backend, settings.afterMs * thoroughSweep.times, asked)
          : undefined,
      )
      .then(
        () => (isThorough ? requireFeedMoves(pool).catch(onFeedHeld) : undefined),
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
  /** Removes what is older than it is to be kept. */
  readonly removeOld?: (sweep: Removing) => Promise<void>;
};

/** What a removal asks, as the sweep's other parts do. */
type Removing = { readonly stop: () => boolean; readonly confirm: () => Promise<void> };

/** The most portions of each kind that one sweep removes, and how long it looks no more once nothing was left. */
const removal = { portions: 5, restMs: 600_000 };

/** Creates the removal of old rows, which rests while there is nothing to remove. */
function createRemoval(pool: Pool, kept: KeptDays): (sweep: Removing) => Promise<void> {
  let restsUntil = 0;
  return async (sweep) => {
    if (performance.now() < restsUntil) return;
    const { isDone } = await prune(pool, kept, { ...sweep, portions: removal.portions });
    if (isDone) restsUntil = performance.now() + removal.restMs;
  };
}

/**
 * Sweeps the oldest orders, alerts and mails of those that wait for longer than `ageMs`, unless another process sweeps
 * just now. It costs the same however many wait with their job, and one statement if nothing has waited that long. Orders
 * that are to expire are left to the sweep of all: many may be due at one moment, and wait in turn. Resolves and rejects
 * as `sweepOnce`.
 */
export async function sweepOldest(
  pool: Pool,
  { queues }: Pick<QueueBackend, "queues">,
  ageMs: number,
  { counts = mapJobs(() => 0), stop = () => false }: SweepOptions = {},
): Promise<SweepCounts> {
  const old = await hasOldWork(pool, ageMs);
  const isLeftOut: Readonly<Record<JobName, boolean>> = {
    "process-order": !old.orders,
    "check-low-stock": !old.alerts,
    "send-mail": !old.mails,
    "deliver-webhook": !old.endpoints,
    "expire-order": true,
  };
  const names = jobNames.filter((name) => !isLeftOut[name]);
  if (names.length === 0) return counts;
  await withSweepLock(pool, async (confirm) => {
    const sweep = { reach: "oldest", ageMs, stop, confirm, counts } as const;
    const sweeps = createSweeps(pool, queues);
    for (const name of names) await sweeps[name](sweep);
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
  {
    counts = mapJobs(() => 0),
    stop = () => false,
    onServed = () => undefined,
    removeOld,
  }: SweepOptions = {},
): Promise<SweepCounts> {
  await withSweepLock(pool, async (confirm) => {
    const sweep = { reach: "all", ageMs, stop, confirm, counts } as const;
    const sweeps = createSweeps(pool, queues);
    for (const name of jobNames) await sweeps[name](sweep);
    const served = await serveUnserved(pool, queues, { stop, confirm });
    if (served > 0) onServed(served);
    await removeOld?.({ stop, confirm });
    await refreshOutlooks(pool, { stop, confirm });
  });
  return counts;
}
