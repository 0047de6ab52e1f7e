// The jobs: their names, what they carry, and how each queue treats them. A job is a hint to look at a row,
// so it carries the row's id and the words by which ops recognise it, and nothing else.

import type { JobsOptions } from "bullmq";
import * as z from "zod";

/**
 * Orders that one job holds at most: so many that what a job costs hardly counts any more, and so few that
 * several workers share a rush.
 */
export const jobOrdersMax = 50;

/**
 * What each job carries. `v` is the payload's version: a worker sets a job of a version that it does not know
 * aside, visibly.
 */
export const payloads = {
  "process-order": z.object({
    v: z.literal(2),
    /** Orders that were stored together; a quiet checkout's come alone. */
    orders: z
      .array(z.object({ order: z.uuid(), reference: z.string(), lines: z.int().positive() }))
      .min(1)
      .max(jobOrdersMax),
    /** Whether somebody waits for one of them on an open request, so that they should not wait for company. */
    awaited: z.boolean().default(false),
  }),
  "check-low-stock": z.object({
    v: z.literal(1),
    alert: z.uuid(),
    sku: z.string(),
    notice: z.enum(["low", "out"]),
  }),
  "send-mail": z.object({ v: z.literal(1), mail: z.uuid(), to: z.string(), about: z.string() }),
} as const;

/** The name of a job. */
export type JobName = keyof typeof payloads;

/** A job's payload. */
export type Payload<Name extends JobName> = z.output<(typeof payloads)[Name]>;

/** How one queue treats its jobs, and why. */
export type QueuePolicy = {
  readonly queue: string;
  /** How many jobs one worker process works on at once; for orders it follows from the size of a batch. */
  readonly concurrency?: number;
  readonly jobOptions: JobsOptions;
};

const day = 24 * 3600;

/**
 * The queues. Attempts and delays differ because what fails differs: an order waits for the database,
 * which comes back within seconds; a mail waits for somebody else's server, which may take hours.
 * Finished jobs are kept for ops to look at, but few: the rows are the record.
 */
export const queuePolicies = {
  "process-order": {
    queue: "orders",
    jobOptions: {
      attempts: 5,
      backoff: { type: "exponential", delay: 500, jitter: 0.5 },
      removeOnComplete: { count: 1_000 },
      removeOnFail: { count: 5_000, age: 14 * day },
      stackTraceLimit: 2,
    },
  },
  "check-low-stock": {
    queue: "low-stock",
    concurrency: 4,
    jobOptions: {
      attempts: 8,
      backoff: { type: "exponential", delay: 1_000, jitter: 0.5 },
      removeOnComplete: { count: 1_000 },
      removeOnFail: { count: 5_000, age: 14 * day },
      stackTraceLimit: 2,
    },
  },
  "send-mail": {
    queue: "mail",
    concurrency: 5,
    jobOptions: {
      attempts: 10,
      // 5 s, 10 s, 20 s ... about 43 minutes in all; then the mail is marked as failed.
      backoff: { type: "exponential", delay: 5_000, jitter: 0.2 },
      removeOnComplete: { count: 1_000 },
      removeOnFail: { count: 5_000, age: 14 * day },
      stackTraceLimit: 2,
    },
  },
} as const satisfies Record<JobName, QueuePolicy>;

/** Every job's name. */
export const jobNames = [
  "process-order",
  "check-low-stock",
  "send-mail",
] as const satisfies readonly JobName[];
