// A queue as the board shows it: with a description of its purpose, and a readable name for each job.

import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { Queue } from "bullmq";
import * as z from "zod";
import type { JobQueue } from "../../queues/backend.ts";
import { jobOf } from "../../queues/jobs/all-jobs.ts";

const namedJob = z.object({ name: z.string(), data: z.unknown() });

/** Creates the board's adapter of a queue. A job whose data can't be read is shown with its own name. */
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
 * The adapter's type demands a queue on Redis, but a queue on any store works: it has all methods that the adapter
 * calls, and this is the only check that the adapter makes.
 */
function isBoardQueue(bull: unknown): bull is Queue {
  return bull instanceof Queue;
}
