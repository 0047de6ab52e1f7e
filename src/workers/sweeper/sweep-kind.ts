// Sweeps one kind of row, page by page: each row that no job can get done any more is announced again.

import { beforeAll, type SweepPage } from "../../db/sweep/find-forgotten.ts";
import type { JobQueue } from "../../queues/backend.ts";
import type { JobName } from "../../queues/jobs/all-jobs.ts";

/** One kind of row, which its job should get done. */
export type SweptKind<Row extends { readonly id: string }> = {
  readonly queue: JobQueue;
  /** Finds rows that have waited longer than the page says, in ascending id. */
  readonly find: (page: SweepPage) => Promise<readonly Row[]>;
  /** The id of the job that should get the row done. */
  readonly jobIdOf: (row: Row) => string;
  /** Whether a row that has no such job has lost it. If left out: each. Other rows only wait for a time that has come. */
  readonly hasLostJob?: (row: Row) => boolean;
  /** Announces rows that have no such job. */
  readonly announce: (rows: readonly Row[]) => Promise<void>;
};

/** One sweep over all kinds. */
export type Sweep = {
  /** How old a row must be, in milliseconds. */
  readonly ageMs: number;
  /** Asked between pages: true ends the sweep. */
  readonly stop: () => boolean;
  /** Called before each page. Rejects if the sweep's lock is lost. */
  readonly confirm: () => Promise<void>;
  /** How many rows were announced again, counted as they are found. */
  readonly counts: Record<JobName, number>;
};

/**
 * Rows of one page, pages of one kind that one sweep reads at most, and jobs of one kind whose state it looks up: those
 * of the oldest rows, since work that waits is done in turn.
 */
const limits = { page: 150, pages: 1_000, states: 200 };

/** Sweeps one kind. Rejects if the database or the queue store is away, or if the sweep's lock is lost. */
export async function sweepKind<Row extends { readonly id: string }>(
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
    counts[kind.queue.job] += lost.filter((row) => kind.hasLostJob?.(row) ?? true).length;
    after = rows.at(-1)?.id ?? after;
    if (rows.length < limits.page) break;
  }
}

/**
 * Decides whether nothing in the queue will get a row done. A job that has ended, or that is in none of the queue's
 * lists, is deleted first: BullMQ adds no job under an id that it knows.
 */
async function isLost(queue: JobQueue, jobId: string, mayLookUpState: boolean): Promise<boolean> {
  const found = await queue.lookUp(jobId);
  if (found === "none") return true;
  if (found === "open" && !(mayLookUpState && (await queue.isStranded(jobId)))) return false;
  await queue.forget(jobId);
  return true;
}
