// What the rounds see in BullMQ's lists.

import type { Cluster, Redis } from "ioredis";
import type { QueueLook } from "./queue-rounds.ts";

/** The keys of a queue that may have jobs whose worker died. */
export type StalledKeys = { readonly active: string; readonly stalled: string };

/**
 * Looks into queues, in one packet. A worker is told of a job by the command for which it waits, so it need not be woken.
 * Rejects if Redis is away.
 */
export async function lookIntoRedis(
  redis: Redis | Cluster,
  queues: ReadonlyMap<string, StalledKeys>,
): Promise<readonly QueueLook[]> {
  return Promise.all(
    [...queues].map(async ([queue, { active, stalled }]) => {
      const [atWork, marked] = await Promise.all([redis.llen(active), redis.scard(stalled)]);
      return { queue, mayHaveStalled: atWork + marked > 0 };
    }),
  );
}
