// The queue store, as the doctor sees it. PostgreSQL's queues are checked with the database.

import type { Config } from "../../config.ts";
import { explainStoreError } from "../../process/explain-store-error.ts";
import { inspectRedis, type RedisFacts } from "../../queues/inspect-redis.ts";
import { redisAddressOf } from "../../queues/redis-address.ts";
import { problemsOfRedis } from "../../queues/redis-problems.ts";
import { type Check, checksAbout, clockCheck } from "./check.ts";

const { ok, warning, failed } = checksAbout("redis");

/** The lines about Redis; one line if the queues are on PostgreSQL. */
export async function checkQueueStore(config: Config): Promise<Check[]> {
  const address = redisAddressOf(config);
  if (address === undefined) return [ok("Not used: the queues are on PostgreSQL.")];
  try {
    return (await inspectRedis(address, config.QUEUE_PREFIX)).flatMap(judgeRedis);
  } catch (error) {
    return [
      failed(
        explainStoreError(error) ?? `Redis can't be asked: ${String(error)}.`,
        "Until then orders are accepted, and wait for their decision.",
      ),
    ];
  }
}

/** The lines about one server. */
export function judgeRedis(facts: RedisFacts): Check[] {
  const { at, version, clockMs, hereMs } = facts;
  const found = problemsOfRedis(facts).map(({ isSevere, says, todo }) =>
    (isSevere ? failed : warning)(says, todo),
  );
  if (found.length === 0) {
    found.push(ok(`Redis ${version} at ${at} takes writes, evicts nothing and keeps a file.`));
  }
  return [...found, clockCheck(`Redis at ${at}`, clockMs - hereMs)];
}
