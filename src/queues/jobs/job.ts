// What every job declares. A job is a hint to look at a row: it carries the row's id and the words by which an
// operator recognises it, and nothing else.

import type { JobsOptions } from "bullmq";
import * as z from "zod";

/** The declaration of a job that carries a `Payload`. */
export type Job<Payload> = {
  /** The job's name in BullMQ; its worker's file has the same. */
  readonly name: string;
  /** The queue's name in BullMQ. Each job has a queue of its own. */
  readonly queue: string;
  /** How many jobs one worker process works on at once. Absent if that follows from a setting. */
  readonly concurrency?: number;
  /** Attempts, the delays between them, and how long finished jobs are kept. */
  readonly jobOptions: JobsOptions;
  /**
   * What the job carries. `v` is the payload's version: a job of a version that the worker does not know fails at
   * once, where an operator sees it.
   */
  readonly payloadSchema: z.ZodType<Payload>;
  /** What the queue is for, as Bull Board shows it. */
  readonly purpose: string;
  /** What one job is about, as Bull Board shows it. */
  titleOf(payload: Payload): string;
  /** Where the admin app shows the job's row; null stands for a payload that can't be read. */
  pageOf(payload: Payload | null): AdminPage;
};

/**
 * Where a job comes from: the id of the request that caused it, and the place of a span in its trace. They are hints for
 * people, so a value that can't be read counts as none.
 */
export const originShape = {
  requestId: z.string().max(128).optional().catch(undefined),
  trace: z.string().max(100).optional().catch(undefined),
};

/** A page of the admin app: its path, and the text of the link to it. */
export type AdminPage = { readonly displayText: string; readonly href: string };

/**
 * A job to be announced. Its id names it: announcing it again while the queue has it changes nothing. `delayMs`: it begins
 * so many milliseconds from now.
 */
export type Announcement<Payload> = {
  readonly id: string;
  readonly data: Payload;
  readonly delayMs?: number;
};

/** The ids of all jobs: that of a row or of a group of rows, and what tells apart several jobs of one row. */
const jobId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?:-(?:\d{1,20}|due|overdue))?$/;

/**
 * Whether a job may have this id. Queue stores keep other things beside the jobs, and find them by their names, so nothing
 * else should be looked up.
 */
export function isJobId(text: string): boolean {
  return jobId.test(text);
}

/**
 * Finished jobs are kept for an operator to look at, but few, and with two lines of their errors' stacks: the rows are
 * the record. Ages are in seconds.
 */
export const keptJobs = {
  removeOnComplete: { count: 1_000 },
  removeOnFail: { count: 5_000, age: 14 * 24 * 3600 },
  stackTraceLimit: 2,
} as const;
