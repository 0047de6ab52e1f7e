// Transactions that lose against another one, and are simply tried again.

import { setTimeout as sleep } from "node:timers/promises";

/** Attempts at one transaction before its failure is told. */
const attemptsMax = 6;

/** The longest pause before the second attempt; it doubles with each. */
const firstPauseMs = 10;

/** SQLSTATEs of a serialization failure and of a deadlock: neither is anybody's fault. */
const lost = new Set(["40001", "40P01"]);

/** Whether a transaction failed only because another one was in its way. */
export function lostAgainstAnother(error: unknown): boolean {
  return lost.has(sqlStateOf(error));
}

/**
 * Runs `attempt`, a whole transaction, again while it fails in a way that another attempt may not: a bounded
 * number of times, with growing pauses of random length so that two that collided don't do so again.
 */
export async function retryTransaction<T>(
  attempt: () => Promise<T>,
  isRetriable: (error: unknown) => boolean = lostAgainstAnother,
): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (attempts >= attemptsMax || !isRetriable(error)) throw error;
      await sleep(Math.random() * firstPauseMs * 2 ** (attempts - 1));
    }
  }
}

/** The SQLSTATE of a database error, or an empty string for any other. */
export function sqlStateOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
