// What the rest of the program needs of a queue store, whichever it is: BullMQ on Redis, on a Redis
// Cluster, or on PostgreSQL.

import type {
  PostgresConnectionOptions,
  PostgresQueueBackend,
  Processor,
  Queue,
  Worker,
} from "bullmq";
import type { AnnouncementOf, JobName } from "./jobs/all-jobs.ts";

type RedisQueue = Queue<unknown, unknown, string>;
type PostgresQueue = Queue<
  unknown,
  unknown,
  string,
  unknown,
  unknown,
  string,
  PostgresQueueBackend,
  PostgresConnectionOptions
>;

/** A BullMQ queue on any store. */
export type AnyQueue = RedisQueue | PostgresQueue;

/** A BullMQ worker on any store, as far as the program steers it. */
export type AnyWorker = Pick<Worker, "name" | "close" | "pause" | "isRunning" | "waitUntilReady">;

/** What a worker does with one job. */
export type JobProcessor = Processor<unknown, unknown, string>;

/**
 * Merges waiting jobs into the one being processed, the oldest first, up to `jobOrdersMax` orders. The merged jobs
 * are deleted; the running job keeps their orders across retries. Resolves with the payload that the running job has
 * then, which is its old one if there was nothing to merge, or if `token` does not hold its lock any more.
 * Ending a job costs more than deciding an order, so a queue full of small jobs is emptied sooner like this.
 */
export type AbsorbJobs = (job: Parameters<JobProcessor>[0], token: string) => Promise<unknown>;

/** The queue of one job, as those who announce work and the sweeper use it. */
export type JobQueue<Name extends JobName = JobName> = {
  readonly job: JobName;
  /** The BullMQ queue itself, for Bull Board and for counts. */
  readonly bull: AnyQueue;
  /** Adds the jobs in one round trip. Rejects if the store does not answer within three seconds. */
  announce(jobs: readonly AnnouncementOf<Name>[]): Promise<void>;
  /**
   * Looks up whether there is a job of this id, and whether it has ended. It costs the same however many jobs
   * wait, unlike BullMQ's lookup of a job's state, which searches the lists.
   */
  lookUp(id: string): Promise<"open" | "ended" | "none">;
  /**
   * Whether a job is stored but is in none of the queue's lists, so that no worker will ever get it. That happens if
   * the lists are lost. It searches the lists, so call it for few jobs.
   */
  isStranded(id: string): Promise<boolean>;
  /**
   * Lets a job that waits for its time begin now. Resolves with false if there is none, or if it does not wait for a time.
   */
  hurry(id: string): Promise<boolean>;
  /** Deletes a job that has finished or is stranded, so that its id can be announced again. */
  forget(id: string): Promise<void>;
};

/** The queues, by their job's name. */
export type JobQueues = { readonly [Name in JobName]: JobQueue<Name> };

/**
 * How a worker is run. `concurrency` is the number of jobs at once. `onError` is called with errors of the store, which
 * the worker itself survives.
 */
export type WorkerSettings = {
  readonly concurrency: number;
  readonly onError: (error: Error) => void;
};

/** A queue store. */
export type QueueBackend = {
  readonly kind: "Redis" | "Redis Cluster" | "PostgreSQL";
  readonly queues: JobQueues;
  /** For jobs of `process-order`. */
  readonly absorbJobs: AbsorbJobs;
  /** Starts a worker for one job. */
  createWorker(job: JobName, process: JobProcessor, settings: WorkerSettings): AnyWorker;
  /** Closes the queues and their connections. Whoever started a worker closes it first. */
  close(): Promise<void>;
};

/**
 * How long a worker's lock on a job lasts unless it is renewed, when it is renewed, and how often BullMQ looks for jobs
 * whose lock has run out, in milliseconds. If a worker is killed, its jobs run again within the sum of the first and the
 * last. If a worker only could not renew a lock for 3.5 s, its job runs twice. That does no harm, since the row decides
 * what is still to do. A job whose lock ran out more than `maxStalledCount` times is given up, and the sweeper announces
 * its rows in another one.
 */
export const jobLock = {
  lockDuration: 5_000,
  lockRenewTime: 1_500,
  stalledInterval: 2_000,
  maxStalledCount: 5,
};
