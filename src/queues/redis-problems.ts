// What is wrong with a Redis, from what it says of itself. A start warns of it, and `tallyman doctor` shows it.

import type { RedisFacts } from "./inspect-redis.ts";

/** Something that should change: what is there, what to do, and whether the queues don't work like this. */
export type RedisProblem = {
  readonly isSevere: boolean;
  readonly says: string;
  readonly todo: string;
};

/** How full its memory may be before it is a problem. */
const usedMax = 0.9;

/** The problems of one server; none if all is well. */
export function problemsOfRedis(facts: RedisFacts): RedisProblem[] {
  const { at, policy, isReplica, keepsFile, usedBytes, maxBytes, writeRefusal } = facts;
  const found: RedisProblem[] = [];
  const severe = (says: string, todo: string) => found.push({ isSevere: true, says, todo });
  const mild = (says: string, todo: string) => found.push({ isSevere: false, says, todo });
  if (isReplica) {
    severe(`${at} is a replica, which takes no writes.`, "Name the primary in the address.");
  } else if (writeRefusal !== null) {
    severe(
      `${at} takes no writes: ${writeRefusal}.`,
      writeRefusal.startsWith("OOM")
        ? "Raise its maxmemory. Orders are accepted meanwhile, and wait."
        : "Mend what it names; its user needs +@all on the keys that begin with QUEUE_PREFIX.",
    );
  }
  if (policy !== "noeviction") {
    severe(
      `${at} deletes keys when its memory is full: its maxmemory-policy is ${policy || "not known"}.`,
      "Set maxmemory-policy noeviction, or jobs get lost: `redis-cli config set maxmemory-policy noeviction`, and in its configuration.",
    );
  }
  if (!keepsFile) {
    mild(
      `${at} forgets its data when it restarts: appendonly is off.`,
      "Set appendonly yes. Nothing is lost without it, but the sweeper must announce all waiting orders again.",
    );
  }
  if (writeRefusal === null && maxBytes > 0 && usedBytes > maxBytes * usedMax) {
    mild(
      `${at} uses ${Math.round((100 * usedBytes) / maxBytes)} % of its maxmemory.`,
      "Raise maxmemory, or find what else fills it.",
    );
  }
  return found;
}
