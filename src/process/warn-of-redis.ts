// Looks at Redis once, when a process has started, and says in the log what should change there. The process works on
// meanwhile: orders are accepted without Redis, and its problems can be mended without a restart.

import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { inspectRedis } from "../queues/inspect-redis.ts";
import { redisAddressOf } from "../queues/redis-address.ts";
import { problemsOfRedis } from "../queues/redis-problems.ts";

/** Logs a warning for each problem, as `tallyman doctor` shows it. Never rejects. */
export async function warnOfRedis(
  config: Pick<Config, "REDIS_URL" | "REDIS_CLUSTER_NODES" | "QUEUE_PREFIX">,
  log: Pick<Logger, "warn">,
): Promise<void> {
  const address = redisAddressOf(config);
  if (address === undefined) return;
  try {
    const facts = await inspectRedis(address, config.QUEUE_PREFIX);
    for (const { says, todo } of facts.flatMap(problemsOfRedis)) log.warn(`${says} ${todo}`);
  } catch {
    // It does not answer, or this login may not ask: the queues' own connections log that with its reason.
  }
}
