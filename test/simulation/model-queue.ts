// The model of what BullMQ promises: a job runs at least once, a job under an id that the queue has is dropped, a lock runs
// out and the job is delivered again. It promises nothing about the order of delivery, and a store may lose everything.

import { jobLock } from "../../src/queues/backend.ts";
import { jobNames, jobs, type JobName } from "../../src/queues/jobs/all-jobs.ts";
import type { Scheduler } from "./scheduler.ts";

/** Where a job is. `stranded`: it is stored, but in none of the lists, because these were lost. */
export type JobState = "waiting" | "active" | "delayed" | "completed" | "failed" | "stranded";

/** A stored job. */
export type StoredJob = {
  readonly id: string;
  readonly name: JobName;
  data: unknown;
  state: JobState;
  /** The lock's token; empty if nobody has the lock. */
  token: string;
  lockedUntil: number;
  attemptsStarted: number;
  attemptsMade: number;
  stalls: number;
};

/** A job to be added. */
export type AddedJob = { readonly id: string; readonly data: unknown; readonly delay: number };

/** How a processor ended. */
export type JobEnd =
  | { readonly is: "completed" }
  | { readonly is: "failed"; readonly isFinal: boolean };

/** One queue. */
export type ModelQueue = ReturnType<typeof createModelQueue>;

/** Creates the queue of each job. */
export function createModelQueues(scheduler: Scheduler): Readonly<Record<JobName, ModelQueue>> {
  const of = (name: JobName) => createModelQueue(scheduler, name);
  return {
    "process-order": of("process-order"),
    "check-low-stock": of("check-low-stock"),
    "send-mail": of("send-mail"),
    "expire-order": of("expire-order"),
    "deliver-webhook": of("deliver-webhook"),
  };
}

function createModelQueue(scheduler: Scheduler, name: JobName) {
  const { random } = scheduler;
  const stored = new Map<string, StoredJob>();
  const workers = new Set<() => void>();
  const isInOrder = random.chance(0.5);
  const { attempts, backoff } = jobs[name].jobOptions;
  let tokens = 0;

  const offer = (): void => {
    for (const tryToFetch of workers) tryToFetch();
  };

  const waiting = (): StoredJob[] =>
    [...stored.values()].filter(({ state }) => state === "waiting");

  const makeWait = (job: StoredJob, ms: number): void => {
    job.token = "";
    job.state = ms > 0 ? "delayed" : "waiting";
    if (ms <= 0) offer();
    else {
      scheduler.addTimer(null, ms, () => {
        if (stored.get(job.id) !== job || job.state !== "delayed") return;
        job.state = "waiting";
        offer();
      });
    }
  };

  const add = ({ id, data, delay }: AddedJob): void => {
    if (stored.has(id)) return;
    const copy: unknown = structuredClone(data);
    const job: StoredJob = {
      id,
      name,
      data: copy,
      state: "waiting",
      token: "",
      lockedUntil: 0,
      attemptsStarted: 0,
      attemptsMade: 0,
      stalls: 0,
    };
    stored.set(id, job);
    makeWait(job, delay);
  };

  /** Gives a worker the next job with its lock, or nothing. */
  const fetch = (): StoredJob | undefined => {
    const candidates = waiting();
    const job = isInOrder || candidates.length === 0 ? candidates[0] : random.pick(candidates);
    if (job === undefined) return undefined;
    tokens += 1;
    job.state = "active";
    job.token = `token ${tokens}`;
    job.lockedUntil = scheduler.now() + jobLock.lockDuration;
    job.attemptsStarted += 1;
    return job;
  };

  const held = (id: string, token: string): StoredJob | undefined => {
    const job = stored.get(id);
    return job?.state === "active" && job.token === token ? job : undefined;
  };

  /** Ends a job, or has it tried again. Does nothing if the lock was lost. */
  const end = (id: string, token: string, result: JobEnd): void => {
    const job = held(id, token);
    if (job === undefined) return;
    job.token = "";
    job.attemptsMade += 1;
    if (result.is === "completed") job.state = "completed";
    else if (result.isFinal || job.attemptsMade >= attempts) job.state = "failed";
    else makeWait(job, backoff.delay * 2 ** (job.attemptsMade - 1) * (0.5 + random.next() / 2));
  };

  /** Finds jobs whose lock has run out, as each worker does from time to time. */
  const findStalled = (): void => {
    for (const job of stored.values()) {
      if (job.state !== "active" || job.lockedUntil > scheduler.now()) continue;
      job.stalls += 1;
      scheduler.note(`the queue finds that job ${job.id} has stalled`);
      if (job.stalls > jobLock.maxStalledCount) Object.assign(job, { state: "failed", token: "" });
      else makeWait(job, 0);
    }
    scheduler.addTimer(null, jobLock.stalledInterval, findStalled);
  };
  scheduler.addTimer(null, jobLock.stalledInterval, findStalled);

  return {
    name,
    stored,
    workers,
    waiting,
    add,
    fetch,
    held,
    end,
    offer,
    extend(id: string, token: string): void {
      const job = held(id, token);
      if (job !== undefined) job.lockedUntil = scheduler.now() + jobLock.lockDuration;
    },
    delay(id: string, token: string, ms: number): void {
      const job = held(id, token);
      if (job !== undefined) makeWait(job, Math.max(1, ms));
    },
    isEmpty: () => [...stored.values()].every(({ state }) => isOver(state)),
    /** Everything is lost. */
    flush: () => stored.clear(),
    /** The lists are lost, and the jobs are not. */
    loseLists(): void {
      for (const job of stored.values()) if (!isOver(job.state)) job.state = "stranded";
    },
    /** Jobs run although others have them: their locks are lost. */
    loseLocks(): void {
      for (const job of stored.values()) if (job.state === "active") makeWait(job, 0);
    },
    /** A job that has ended runs again, as after a failover to a copy that is behind. */
    repeat(): void {
      const ended = [...stored.values()].filter(({ state }) => state === "completed");
      if (ended.length > 0) makeWait(random.pick(ended), 0);
    },
  };
}

const isOver = (state: JobState): boolean => state === "completed" || state === "failed";

/** Whether no queue has work for a worker, now or later. Jobs without lists do not count: the sweeper finds their rows. */
export function areIdle(queues: Readonly<Record<JobName, ModelQueue>>): boolean {
  return jobNames.every((name) =>
    [...queues[name].stored.values()].every(({ state }) => isOver(state) || state === "stranded"),
  );
}
