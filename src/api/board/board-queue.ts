// A queue as the board shows it: what it is for, and each job in words instead of ids.

import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { Queue } from "bullmq";
import * as z from "zod";
import type { JobQueue } from "../../queues/backend.ts";
import { jobOf } from "../../queues/jobs/all-jobs.ts";

const namedJob = z.object({ name: z.string(), data: z.unknown() });

/** Makes the board's adapter of a queue. A job whose data can't be read goes by its own name there. */
export function boardQueue({ job: name, bull }: JobQueue, readOnly: boolean): BullMQAdapter {
  if (!isBoardQueue(bull)) {
    throw new TypeError("Expected a queue of BullMQ for the board; got something else.");
  }
  const job = jobOf(name);
  const adapter = new BullMQAdapter(bull, {
    readOnlyMode: readOnly,
    description: job.purpose,
    externalJobUrl: ({ data }) => job.pageOf(job.payloadSchema.safeParse(data).data ?? null),
  });
  adapter.setFormatter("name", (shown: unknown) => {
    const entry = namedJob.parse(shown);
    const payload = job.payloadSchema.safeParse(entry.data);
    return payload.success ? job.titleOf(payload.data) : entry.name;
  });
  return adapter;
}

/**
 * The adapter's type names a queue on Redis, but it takes one on any store: what it calls, every queue has,
 * and the only check it makes is this one.
 */
function isBoardQueue(bull: unknown): bull is Queue {
  return bull instanceof Queue;
}
