// Sweeps one kind of row, page by page, from the oldest on: each row that no job can get done any more is announced
// again.

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
  /** Whether a row's job begins now if it still waits for a later time. If left out: none does. */
  readonly isLate?: (row: Row) => boolean;
  /** Announces rows that have no such job. */
  readonly announce: (rows: readonly Row[]) => Promise<void>;
};

/** One sweep over all kinds. */
export type Sweep = {
  /**
   * How far it goes. A sweep of the "oldest" rows ends at the first page whose rows all have their job, so it costs the
   * same however many wait. If a store has lost its jobs, it goes on until it has found all.
   */
  readonly reach: "oldest" | "all";
  /** How old a row must be, in milliseconds. */
  readonly ageMs: number;
  /** Asked between pages: true ends the sweep. */
  readonly stop: () => boolean;
  /** Called before each page is read and announced. Rejects if the sweep's lock is lost. */
  readonly confirm: () => Promise<void>;
  /** How many rows were announced again, counted as they are found. */
  readonly counts: Record<JobName, number>;
};

/** Rows of one page, and pages of one kind that one sweep reads at most. */
const limits = { page: 150, pages: 1_000 };

/**
 * Jobs of one kind whose state a sweep looks up at first, those of the oldest rows, since work that waits is done in
 * turn. For each that is in no list it may look up as many more: if the lists are lost, a search of them is short.
 */
const states = { oldest: 10, all: 200, moreForEach: 10 };

/** Sweeps one kind. Rejects if the database or the queue store is away, or if the sweep's lock is lost. */
export async function sweepKind<Row extends { readonly id: string }>(
  kind: SweptKind<Row>,
  { reach, ageMs, stop, confirm, counts }: Sweep,
): Promise<void> {
  let after = beforeAll;
  const looks = { left: states[reach] };
  for (let page = 0; page < limits.pages && !stop(); page += 1) {
    await confirm();
    const rows = await kind.find({ after, limit: limits.page, ageMs });
    const jobIds = [...new Set(rows.map((row) => kind.jobIdOf(row)))];
    const lostJobs = await findLost(kind.queue, jobIds, looks);
    const lost = rows.filter((row) => lostJobs.has(kind.jobIdOf(row)));
    if (lost.length > 0) await confirm();
    await kind.announce(lost);
    counts[kind.queue.job] += lost.filter((row) => kind.hasLostJob?.(row) ?? true).length;
    const hurried = await hurryLate(kind, rows, lostJobs);
    after = rows.at(-1)?.id ?? after;
    const isWell = lost.length === 0 && hurried === 0;
    if (rows.length < limits.page || (reach === "oldest" && isWell)) break;
  }
}

/** Lets jobs begin that wait for a time later than their rows say. Resolves with their number. */
async function hurryLate<Row extends { readonly id: string }>(
  { queue, jobIdOf, isLate }: SweptKind<Row>,
  rows: readonly Row[],
  lostJobs: ReadonlySet<string>,
): Promise<number> {
  if (isLate === undefined) return 0;
  const late = rows.filter((row) => isLate(row)).map((row) => jobIdOf(row));
  const open = late.filter((id) => !lostJobs.has(id));
  const began = await Promise.all(open.map((id) => queue.hurry(id)));
  return began.filter(Boolean).length;
}

/**
 * Finds the jobs that will get no row done: they are gone, have ended, or are in none of the queue's lists. Those that
 * are there are deleted first: BullMQ adds no job under an id that it knows.
 */
async function findLost(
  queue: JobQueue,
  jobIds: readonly string[],
  looks: { left: number },
): Promise<ReadonlySet<string>> {
  const found = await Promise.all(jobIds.map((id) => queue.lookUp(id)));
  const idsOf = (what: (typeof found)[number]) =>
    jobIds.filter((_id, index) => found[index] === what);
  const useless = [...idsOf("ended"), ...(await findStranded(queue, idsOf("open"), looks))];
  await Promise.all(useless.map((id) => queue.forget(id)));
  return new Set([...idsOf("none"), ...useless]);
}

/** Finds the jobs that are in no list, as far as `looks` go. */
async function findStranded(
  queue: JobQueue,
  jobIds: readonly string[],
  looks: { left: number },
): Promise<readonly string[]> {
  const stranded: string[] = [];
  for (let start = 0; start < jobIds.length && looks.left > 0;) {
    const some = jobIds.slice(start, start + looks.left);
    const are = await Promise.all(some.map((id) => queue.isStranded(id)));
    const found = some.filter((_id, index) => are[index]);
    stranded.push(...found);
    start += some.length;
    looks.left += found.length * states.moreForEach - some.length;
  }
  return stranded;
}
