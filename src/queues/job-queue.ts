// One queue with a deadline for each call: whoever announces work waits no longer than that for the store, since the
// row is safe already and the sweeper announces it later.

import type { JobsOptions } from "bullmq";
import { withDeadline } from "../flow/deadline.ts";
import type { AnyQueue, JobQueue } from "./backend.ts";
import { jobs, type JobName } from "./jobs/all-jobs.ts";

/** How long a call to the queue store may take, in milliseconds. */
const storeDeadlineMs = 3_000;

/**
 * Calls of one queue that may be unanswered at once. BullMQ keeps what it was given until a store that was never
 * reached comes up; this bounds how much that can be.
 */
const unansweredMax = 200;

/** Too many calls of a queue are unanswered. The work is not lost: the sweeper announces it later. */
class QueueUnavailableError extends Error {
  override readonly name = "QueueUnavailableError";
}

/**
 * Wraps the BullMQ queue of a job. `retention` says how long finished jobs are kept, for a store that can't do it as
 * the job declares. Each call rejects if the store does not answer in time, or with a `QueueUnavailableError` if too
 * many calls are unanswered.
 */
export function createJobQueue(
  job: JobName,
  bull: AnyQueue,
  retention?: Pick<JobsOptions, "removeOnComplete" | "removeOnFail">,
): JobQueue {
  const jobOptions: JobsOptions = { ...jobs[job].jobOptions, ...retention };
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
    // This also handles the rejection of a call that comes after its deadline.
    answer.then(settle, settle);
    return withDeadline(answer, storeDeadlineMs, `the queue store (${what})`);
  };

  return {
    job,
    bull,
    async announce(announcements) {
      const entries = announcements.map(({ id, data, delayMs }) => ({
        name: job,
        data,
        opts: { ...jobOptions, jobId: id, ...(delayMs === undefined ? {} : { delay: delayMs }) },
      }));
      const [first, ...others] = entries;
      if (first === undefined) return;
      // BullMQ sets up a pipeline for several jobs, which costs more than a single job itself.
      const add = (): Promise<unknown> =>
        others.length === 0 ? bull.add(first.name, first.data, first.opts) : bull.addBulk(entries);
      await ask(add, `announcing ${announcements.length} ${job} jobs`);
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
    async hurry(id) {
      const found = await ask(() => bull.getJob(id), `looking up job ${id}`);
      if (!found || !(await ask(() => found.isDelayed(), `looking up the state of job ${id}`))) {
        return false;
      }
      return ask(
        () =>
          found.promote().then(
            () => true,
            async (error: unknown) => {
              // Its time may have come since it was looked up.
              if (await found.isDelayed()) throw error;
              return false;
            },
          ),
        `letting job ${id} begin`,
      );
    },
    async forget(id) {
      await ask(() => bull.remove(id), `removing job ${id}`);
    },
  };
}
