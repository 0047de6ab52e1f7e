// Lets jobs follow the request that caused them: what they write into the log has its id, what they announce comes from it,
// and if there are traces, each attempt is a span in its trace.

import { DelayedError } from "bullmq";
import * as z from "zod";
import { withinJob } from "../db/request-scope.ts";
import type { Tracing } from "../flow/tracing.ts";
import type { JobProcessor } from "../queues/backend.ts";
import type { JobName } from "../queues/jobs/all-jobs.ts";
import { originShape } from "../queues/jobs/job.ts";

const originSchema = z.object(originShape).catch({});

/**
 * Wraps the processor of a job. `process-order` is left as it is, because each of its orders has a request and a trace of its
 * own. An attempt that only waits again has not failed.
 */
export function followingOrigin(
  name: JobName,
  process: JobProcessor,
  tracing?: Tracing,
): JobProcessor {
  if (name === "process-order") return process;
  return (job, ...rest) => {
    const origin = originSchema.parse(job.data);
    const { requestId = "" } = origin;
    const span = tracing?.start(name, {
      kind: "consumer",
      parent: origin.trace,
      facts: { "messaging.message.id": job.id ?? "", "tallyman.request_id": requestId },
      attempt: { of: job.id ?? "", number: job.attemptsStarted },
    });
    return withinJob({ ...origin, trace: span?.context ?? origin.trace }, async () => {
      try {
        const result: unknown = await process(job, ...rest);
        span?.end();
        return result;
      } catch (error) {
        if (error instanceof DelayedError) span?.end({ "tallyman.outcome": error.message });
        else span?.end({}, error);
        throw error;
      }
    });
  };
}
