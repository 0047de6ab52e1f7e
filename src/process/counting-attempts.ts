// Counts the attempts at jobs, as BullMQ will treat them.

import type { Counter } from "@prometheus-io/client";
import { DelayedError, UnrecoverableError } from "bullmq";
import type { JobProcessor } from "../queues/backend.ts";

/**
 * Wraps the processor of a queue's jobs. After an attempt that is `retried` BullMQ makes another one, after one that is
 * `failed` it makes none. A job that only waits again is not counted.
 */
export function countingAttempts(
  queue: string,
  process: JobProcessor,
  attempts: Counter<"queue" | "outcome">,
): JobProcessor {
  return async (job, ...rest) => {
    try {
      const result = await process(job, ...rest);
      attempts.inc({ queue, outcome: "completed" });
      return result;
    } catch (error) {
      const isLast =
        error instanceof UnrecoverableError || job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
      if (!(error instanceof DelayedError)) {
        attempts.inc({ queue, outcome: isLast ? "failed" : "retried" });
      }
      throw error;
    }
  };
}
