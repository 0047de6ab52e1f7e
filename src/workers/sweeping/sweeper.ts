// The sweeper: announces again what has waited too long and has no job that could still get it done. It is
// what makes a lost, flushed or given-up job harmless.

import type { Pool } from "pg";
import type { Logger } from "pino";
import { beforeAll, removeExpired } from "../../db/sweep/find-forgotten.ts";
import { withSweepLock } from "../../db/sweep/sweep-lock.ts";
import type { JobQueue, QueueBackend } from "../../queues/backend.ts";
import { jobNames, type JobName } from "../../queues/jobs.ts";
import { createThrottledLog } from "../../flow/throttled-log.ts";
import { sweptAlerts, type SweptKind, sweptMails, sweptOrders } from "./swept-kinds.ts";

/** How often the sweeper looks, and how old work must be before it is looked at. */
export type SweepSettings = { readonly intervalMs: number; readonly afterMs: number };

/** A running sweeper. */
export type Sweeper = {
  /** Ends the sweeping; a sweep under way is finished first. */
  close(): Promise<void>;
};

/**
 * Rows that one page holds, pages that one sweep reads of each kind at most, and jobs whose state it asks for: those
 * of the oldest rows, since work that waits is done in turn.
 */
const limits = { page: 150, pages: 1_000, states: 200 };

/** How many rows of each kind a sweep announced again. */
export type SweepCounts = Readonly<Record<JobName, number>>;

/**
 * Starts sweeping: once at once, then at each interval. `onFound` hears of each sweep that found something, which
 * means that a job was lost.
 */
export function startSweeper(
  pool: Pool,
  backend: QueueBackend,
  settings: SweepSettings,
  onFound: (counts: SweepCounts) => void,
  log: Logger,
): Sweeper {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let sweeping = Promise.resolve();
  const onFailed = createThrottledLog(log, "sweep failed; the next one tries again");

  const sweepThenWait = (): void => {
    const counts = { ...nothingFound };
    sweeping = sweepOnce(pool, backend, settings.afterMs, { counts, stop: () => closed })
      .then(() => undefined, onFailed)
      .finally(() => {
        // Also what was found before it failed.
        if (jobNames.some((name) => counts[name] > 0)) onFound(counts);
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

const nothingFound = { "process-order": 0, "check-low-stock": 0, "send-mail": 0 };

/**
 * Sweeps once, unless another process is at it. Resolves with how many rows were announced again; `counts` has them
 * as they are found. `stop` is asked between pages.
 */
export async function sweepOnce(
  pool: Pool,
  { queues }: Pick<QueueBackend, "queues">,
  ageMs: number,
  {
    counts = { ...nothingFound },
    stop = () => false,
  }: { counts?: Record<JobName, number>; stop?: () => boolean } = {},
): Promise<SweepCounts> {
  await withSweepLock(pool, async (confirm) => {
    const sweep = { ageMs, stop, confirm, counts };
    await sweepKind(sweptOrders(pool, queues["process-order"]), sweep);
    await sweepKind(sweptAlerts(pool, queues["check-low-stock"]), sweep);
    await sweepKind(sweptMails(pool, queues["send-mail"]), sweep);
    await removeExpired(pool, confirm);
  });
  return counts;
}

/** One sweep: how old the rows are that it looks at, whether it is to stop, what keeps its lock, what it found. */
type Sweep = {
  readonly ageMs: number;
  readonly stop: () => boolean;
  readonly confirm: () => Promise<void>;
  readonly counts: Record<JobName, number>;
};

async function sweepKind<Row extends { readonly id: string }>(
  kind: SweptKind<Row>,
  { ageMs, stop, confirm, counts }: Sweep,
): Promise<void> {
  let after = beforeAll;
  let statesLeft = limits.states;
  for (let page = 0; page < limits.pages && !stop(); page += 1) {
    await confirm();
    const rows = await kind.find({ after, limit: limits.page, ageMs });
    const jobIds = [...new Set(rows.map((row) => kind.jobIdOf(row)))];
    const areLost = await Promise.all(
      jobIds.map((id, index) => isLost(kind.queue, id, index < statesLeft)),
    );
    statesLeft -= Math.min(statesLeft, jobIds.length);
    const lostJobs = new Set(jobIds.filter((_id, index) => areLost[index]));
    const lost = rows.filter((row) => lostJobs.has(kind.jobIdOf(row)));
    await kind.announce(lost);
    counts[kind.queue.job] += lost.length;
    after = rows.at(-1)?.id ?? after;
    if (rows.length < limits.page) break;
  }
}

/**
 * Whether nothing in the queue will get this row done. A job that has finished or failed, or that is in no list,
 * holds its id, so it is forgotten first: BullMQ adds no job under an id that it knows.
 */
async function isLost(queue: JobQueue, jobId: string, mayAskState: boolean): Promise<boolean> {
  const found = await queue.lookUp(jobId);
  if (found === "none") return true;
  if (found === "open" && !(mayAskState && (await queue.isStranded(jobId)))) return false;
  await queue.forget(jobId);
  return true;
}
