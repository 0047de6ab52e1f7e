// What a process uses of the queues. The program's own `createJobQueue` runs above it; BullMQ's classes are modelled.

import { DelayedError, type Job, type Queue, UnrecoverableError } from "bullmq";
import {
  type JobProcessor,
  jobLock,
  type JobQueues,
  type QueueBackend,
} from "../../src/queues/backend.ts";
import { createJobQueue } from "../../src/queues/job-queue.ts";
import { type JobName, mapJobs } from "../../src/queues/jobs/all-jobs.ts";
import { jobOrdersMax, processOrder } from "../../src/queues/jobs/process-order.ts";
import type { ModelQueue, StoredJob } from "./model-queue.ts";
import type { Mutation } from "./mutations.ts";
import type { Owner, Scheduler } from "./scheduler.ts";

/** The store of the queues. */
export type QueueStore = {
  readonly queues: Readonly<Record<JobName, ModelQueue>>;
  isAway: boolean;
};

/** What one process uses: the program's interface, and workers. */
export type QueueClient = Pick<QueueBackend, "kind" | "queues" | "absorbJobs" | "close"> & {
  startWorker(name: JobName, process: JobProcessor, concurrency: number): void;
  /** Runs no more jobs. */
  stopWorkers(): void;
};

/** Creates what a process uses. */
export function createQueueClient(
  scheduler: Scheduler,
  store: QueueStore,
  owner: Owner,
  mutation: Mutation | null,
): QueueClient {
  const requests = scheduler.lane(null);
  const answers = scheduler.lane(owner);
  let isStopped = false;

  /** Asks the store: the request arrives, and later its answer. */
  const ask = <T>(what: string, execute: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      const reply = (run: () => void) =>
        answers.tasks.push({ what: `hears from the queue (${what})`, run });
      const run = (): void => {
        if (store.isAway) reply(() => reject(new Error("Connection is closed.")));
        else {
          const value = execute();
          reply(() => resolve(value));
        }
      };
      requests.tasks.push({ what: `the queue gets a request of ${owner.name}: ${what}`, run });
    });

  const bullOf = (queue: ModelQueue): Queue => {
    const bull = {
      add: (_name: string, data: unknown, { jobId, delay = 0 }: AddOptions) =>
        ask(`add job ${jobId}`, () => queue.add({ id: jobId, data, delay })),
      addBulk: (entries: readonly { data: unknown; opts: AddOptions }[]) =>
        ask(`add ${entries.length} jobs`, () => {
          for (const { data, opts } of entries) {
            queue.add({ id: opts.jobId, data, delay: opts.delay ?? 0 });
          }
        }),
      getJob: (id: string) =>
        ask(`look up job ${id}`, () => {
          const job = queue.stored.get(id);
          return job && { finishedOn: isEnded(job) ? 1 : undefined };
        }),
      getJobState: (id: string) =>
        ask(`look up the state of job ${id}`, () => {
          const job = queue.stored.get(id);
          return job === undefined || job.state === "stranded" ? "unknown" : job.state;
        }),
      remove: (id: string) => ask(`delete job ${id}`, () => queue.stored.delete(id)),
    };
    if (isQueue(bull)) return bull;
    throw new Error("Expected the model to have what the program uses of a queue.");
  };

  const queues: JobQueues = mapJobs((name) => createJobQueue(name, bullOf(store.queues[name])));

  const startWorker = (name: JobName, process: JobProcessor, concurrency: number): void => {
    const queue = store.queues[name];
    let running = 0;
    let isFetching = false;

    const tryToFetch = (): void => {
      if (owner.isDead || isStopped || isFetching || running >= concurrency) return;
      // The queue offers its jobs again when its store is back.
      if (store.isAway || queue.waiting().length === 0) return;
      isFetching = true;
      answers.tasks.push({
        what: `fetches a job of ${name}`,
        run: () => {
          isFetching = false;
          const job = store.isAway || isStopped ? undefined : queue.fetch();
          if (job !== undefined) void work(job);
          tryToFetch();
        },
      });
    };

    const work = async (job: StoredJob): Promise<void> => {
      running += 1;
      const { id, token } = job;
      scheduler.note(`${owner.name} works on job ${id}`);
      const renew = (): void => {
        void ask(`renew the lock of job ${id}`, () => queue.extend(id, token)).catch(
          () => undefined,
        );
        timer = scheduler.addTimer(owner, jobLock.lockRenewTime, renew);
      };
      let timer = scheduler.addTimer(owner, jobLock.lockRenewTime, renew);
      try {
        await process(jobOf(queue, job, token), token);
        scheduler.removeTimer(timer);
        await ask(`job ${id} is done`, () => queue.end(id, token, { is: "completed" }));
      } catch (error) {
        scheduler.removeTimer(timer);
        if (!(error instanceof DelayedError)) {
          const isFinal = error instanceof UnrecoverableError;
          await ask(`job ${id} failed: ${String(error)}`, () =>
            queue.end(id, token, { is: "failed", isFinal }),
          ).catch(() => undefined);
        }
      }
      running -= 1;
      tryToFetch();
    };

    queue.workers.add(tryToFetch);
    tryToFetch();
  };

  const jobOf = (queue: ModelQueue, { id, name, data }: StoredJob, token: string): Job => {
    const copy: unknown = structuredClone(data);
    const job = {
      id,
      name,
      data: copy,
      moveToDelayed: (at: number) =>
        ask(`delay job ${id}`, () => queue.delay(id, token, at - Date.now())),
    };
    if (isJob(job)) return job;
    throw new Error("Expected the model to have what the program uses of a job.");
  };

  return {
    kind: "Redis",
    queues,
    absorbJobs: (job, token) =>
      ask(`absorb waiting jobs into job ${job.id}`, () =>
        absorb(store.queues["process-order"], job.id ?? "", token, mutation),
      ).then((data) => data ?? job.data),
    startWorker,
    stopWorkers: () => (isStopped = true),
    close: () => Promise.resolve(),
  };
}

type AddOptions = { readonly jobId: string; readonly delay?: number };

const isEnded = ({ state }: StoredJob): boolean => state === "completed" || state === "failed";

/** The model has the methods that `createJobQueue` calls. */
const isQueue = (bull: object): bull is Queue => "addBulk" in bull && "getJobState" in bull;

/** The model has what the processors read. */
const isJob = (job: object): job is Job => "data" in job && "moveToDelayed" in job;

/** Merges waiting jobs into a running one, as the program's scripts do: see `redis-absorb-jobs.ts`. */
function absorb(queue: ModelQueue, id: string, token: string, mutation: Mutation | null): unknown {
  const job = queue.held(id, token);
  if (job === undefined) return undefined;
  const running = processOrder.payloadSchema.parse(job.data);
  const orders = [...running.orders];
  let { awaited } = running;
  for (const other of queue.waiting()) {
    if (other.attemptsStarted > 0) break;
    const payload = processOrder.payloadSchema.parse(other.data);
    if (orders.length + payload.orders.length > jobOrdersMax) break;
    orders.push(...payload.orders);
    awaited ||= payload.awaited;
    queue.stored.delete(other.id);
  }
  if (orders.length === running.orders.length) return undefined;
  const together = { ...running, orders, awaited };
  if (mutation !== "absorbed orders are forgotten") job.data = together;
  return structuredClone(mutation === "absorbed orders are forgotten" ? running : together);
}
