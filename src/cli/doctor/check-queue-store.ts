// The queue store, as the doctor sees it. PostgreSQL's queues are checked with the database.

import type { Config } from "../../config.ts";
import { explainStoreError } from "../../process/explain-store-error.ts";
import { inspectRedis, type RedisFacts } from "../../queues/inspect-redis.ts";
import { readClusterNodes } from "../../queues/redis-address.ts";
import { type Check, checksAbout, clockCheck } from "./check.ts";

const { ok, warning, failed } = checksAbout("redis");

/** The lines about Redis; one line if the queues are on PostgreSQL. */
export async function checkQueueStore(config: Config): Promise<Check[]> {
  const { REDIS_URL, REDIS_CLUSTER_NODES, QUEUE_PREFIX } = config;
  const address =
    REDIS_CLUSTER_NODES !== undefined
      ? readClusterNodes(REDIS_CLUSTER_NODES)
      : REDIS_URL !== undefined
        ? { url: REDIS_URL }
        : undefined;
  if (address === undefined) return [ok("Not used: the queues are on PostgreSQL.")];
  try {
    return (await inspectRedis(address, QUEUE_PREFIX)).flatMap(judgeRedis);
  } catch (error) {
    return [
      failed(
        explainStoreError(error) ?? `Redis can't be asked: ${String(error)}.`,
        "Until then orders are accepted, and wait for their decision.",
      ),
    ];
  }
}

/** How full its memory may be before it is a warning. */
const usedMax = 0.9;

/** The lines about one server. */
export function judgeRedis(facts: RedisFacts): Check[] {
  const { at, policy, isReplica, keepsFile, usedBytes, maxBytes, writeRefusal } = facts;
  const found: Check[] = [];
  if (isReplica) {
    found.push(
      failed(`${at} is a replica, which takes no writes.`, "Name the primary in the address."),
    );
  } else if (writeRefusal !== null) {
    found.push(
      failed(
        `${at} takes no writes: ${writeRefusal}.`,
        writeRefusal.startsWith("OOM")
          ? "Raise its maxmemory. Orders are accepted meanwhile, and wait."
          : "Mend what it names; its user needs +@all on the keys that begin with QUEUE_PREFIX.",
      ),
    );
  }
  if (policy !== "noeviction") {
    found.push(
      failed(
        `${at} deletes keys when its memory is full: its maxmemory-policy is ${policy || "not known"}.`,
        "Set maxmemory-policy noeviction, or jobs get lost: `redis-cli config set maxmemory-policy noeviction`, and in its configuration.",
      ),
    );
  }
  if (!keepsFile) {
    found.push(
      warning(
        `${at} forgets its data when it restarts: appendonly is off.`,
        "Set appendonly yes. Nothing is lost without it, but the sweeper must announce all waiting orders again.",
      ),
    );
  }
  if (writeRefusal === null && maxBytes > 0 && usedBytes > maxBytes * usedMax) {
    found.push(
      warning(
        `${at} uses ${Math.round((100 * usedBytes) / maxBytes)} % of its maxmemory.`,
        "Raise maxmemory, or find what else fills it.",
      ),
    );
  }
  if (found.length === 0) {
    found.push(
      ok(`Redis ${facts.version} at ${at} takes writes, evicts nothing and keeps a file.`),
    );
  }
  return [...found, clockCheck(`Redis at ${at}`, facts.clockMs - facts.hereMs)];
}
