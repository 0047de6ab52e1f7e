// What the rest of the program needs of a queue store, whichever it is: BullMQ on Redis, on a Redis
// Cluster, or on PostgreSQL.

import type {
  PostgresConnectionOptions,
  PostgresQueueBackend,
  Processor,
  Queue,
  Worker,
} from "bullmq";
import type { JobName } from "./jobs.ts";

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
 * Has a job in hand take along those that wait behind it, as far as one job may hold their orders: they are
 * removed, and it carries what they carried, also when it is tried again. Resolves with what it carries then.
 * Ending a job costs more than deciding an order, so a queue that is full of small ones is emptied sooner.
 */
export type TakeAlong = (job: Parameters<JobProcessor>[0], token: string) => Promise<unknown>;

/** A job to be announced. Its id names it: announcing it again while it waits changes nothing. */
export type Announcement = {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** One queue, as those who announce work and the sweeper use it. */
export type JobQueue = {
  readonly job: JobName;
  /** The BullMQ queue itself, for Bull Board and for counts. */
  readonly bull: AnyQueue;
  /** Adds the jobs in one round trip. Rejects where the store does not answer in time. */
  announce(jobs: readonly Announcement[]): Promise<void>;
  /**
   * Whether there is a job of this id, and if so whether it has ended. It costs the same however many jobs
   * wait, unlike asking BullMQ for a job's state, which searches the lists.
   */
  lookUp(id: string): Promise<"open" | "ended" | "none">;
  /**
   * Whether the queue knows of no state of a job, though it has it: then no worker will ever get it. Such a job is
   * left when its lists are lost. It searches the lists, so ask it of few.
   */
  isStranded(id: string): Promise<boolean>;
  /** Forgets a job that has finished or is stranded, so that its id can be announced again. */
  forget(id: string): Promise<void>;
};

/** How a worker is run. `onError` hears of trouble with the store, which the worker itself survives. */
export type WorkerSettings = {
  readonly concurrency: number;
  readonly onError: (error: Error) => void;
};

/** A queue store. */
export type QueueBackend = {
  readonly kind: "Redis" | "Redis Cluster" | "PostgreSQL";
  readonly queues: Readonly<Record<JobName, JobQueue>>;
  /** For jobs of `process-order`. */
  readonly takeAlong: TakeAlong;
  /** Starts a worker for one kind of job. */
  createWorker(job: JobName, process: JobProcessor, settings: WorkerSettings): AnyWorker;
  /** Closes the queues. Workers are closed by whoever started them. */
  close(): Promise<void>;
};

/**
 * How long a worker's hold on a job lasts unrenewed, and how often jobs are looked at whose worker has
 * vanished: after a crash they run again within the sum of both. A worker that was merely slow does no
 * harm when it goes on, since the row decides what is still to do.
 */
export const jobLock = { lockDuration: 15_000, stalledInterval: 10_000 };
