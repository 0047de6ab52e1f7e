// One queue with its deadline: nobody who announces work waits longer for the store than this, since the
// row is safe already and the sweeper announces what could not be.

import { type JobName, queuePolicies } from "./jobs.ts";
import type { AnyQueue, Announcement, JobQueue } from "./backend.ts";

/** How long a call to the queue store may take. */
export const storeDeadlineMs = 3_000;

/** The queue store did not answer in time. The work is not lost: the sweeper announces it later. */
export class QueueUnavailableError extends Error {
  override readonly name = "QueueUnavailableError";
}

/** Wraps a BullMQ queue. */
export function createJobQueue(job: JobName, bull: AnyQueue): JobQueue {
  const { jobOptions } = queuePolicies[job];
  return {
    job,
    bull,
    async announce(jobs: readonly Announcement[]) {
      if (jobs.length === 0) return;
      const entries = jobs.map(({ id, data }) => ({
        name: job,
        data,
        opts: { ...jobOptions, jobId: id },
      }));
      await withinDeadline(bull.addBulk(entries), `announcing ${jobs.length} ${job} jobs`);
    },
    stateOf: (id) => withinDeadline(bull.getJobState(id), `looking up job ${id}`),
    async forget(id) {
      await withinDeadline(bull.remove(id), `removing job ${id}`);
    },
  };
}

/** Rejects with a `QueueUnavailableError` where the promise takes longer than the deadline. */
async function withinDeadline<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        new QueueUnavailableError(
          `The queue store did not answer within ${storeDeadlineMs} ms (${what}).`,
        ),
      );
    }, storeDeadlineMs);
  });
  // A late rejection of a promise that lost the race has nobody left to hear it.
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
