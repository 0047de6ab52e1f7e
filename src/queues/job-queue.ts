// One queue with its deadline: nobody who announces work waits longer for the store than this, since the
// row is safe already and the sweeper announces what could not be.

import type { JobsOptions } from "bullmq";
import { withDeadline } from "../flow/deadline.ts";
import { type JobName, queuePolicies } from "./jobs.ts";
import type { AnyQueue, Announcement, JobQueue } from "./backend.ts";

/** How long a call to the queue store may take. */
const storeDeadlineMs = 3_000;

/**
 * Calls of one queue that may be without an answer. BullMQ keeps what it was given until a store that was
 * never reached comes up; this bounds how much that can be.
 */
const unansweredMax = 200;

/** The queue store leaves too many calls unanswered. The work is not lost: the sweeper announces it later. */
class QueueUnavailableError extends Error {
  override readonly name = "QueueUnavailableError";
}

/** Wraps a BullMQ queue. `retention` tells how long finished jobs are kept where the policy's way is not the store's. */
export function createJobQueue(
  job: JobName,
  bull: AnyQueue,
  retention?: Pick<JobsOptions, "removeOnComplete" | "removeOnFail">,
): JobQueue {
  const jobOptions: JobsOptions = { ...queuePolicies[job].jobOptions, ...retention };
  let unanswered = 0;

  const ask = async <T>(call: () => Promise<T>, what: string): Promise<T> => {
    if (unanswered >= unansweredMax) {
      throw new QueueUnavailableError(
        `The queue store has left ${unanswered} calls unanswered; no more are made until it answers (${what}).`,
      );
    }
    unanswered += 1;
    const answer = call();
    const settle = (): void => {
      unanswered -= 1;
    };
    // Also hears the late rejection of a call that lost the race against the deadline.
    answer.then(settle, settle);
    return withDeadline(answer, storeDeadlineMs, `the queue store (${what})`);
  };

  return {
    job,
    bull,
    async announce(jobs: readonly Announcement[]) {
      const entries = jobs.map(({ id, data }) => ({
        name: job,
        data,
        opts: { ...jobOptions, jobId: id },
      }));
      const [first, ...others] = entries;
      if (first === undefined) return;
      // BullMQ sets up a pipeline for several jobs, which costs more than a single job itself.
      const add = (): Promise<unknown> =>
        others.length === 0 ? bull.add(first.name, first.data, first.opts) : bull.addBulk(entries);
      await ask(add, `announcing ${jobs.length} ${job} jobs`);
    },
    async lookUp(id) {
      const found = await ask(() => bull.getJob(id), `looking up job ${id}`);
      if (!found) return "none";
      return found.finishedOn === undefined ? "open" : "ended";
    },
    async isStranded(id) {
      const state = await ask(() => bull.getJobState(id), `looking up the state of job ${id}`);
      return state === "unknown";
    },
    async forget(id) {
      await ask(() => bull.remove(id), `removing job ${id}`);
    },
  };
}
