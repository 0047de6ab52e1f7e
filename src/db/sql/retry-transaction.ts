// Runs a transaction again if another one got in its way.

import { setTimeout as sleep } from "node:timers/promises";

/** Attempts at one transaction, at most. */
const attemptsMax = 6;

/** The longest pause before the second attempt, in milliseconds. It doubles with each further attempt. */
const firstPauseMs = 10;

/** The SQLSTATEs of a serialization failure and of a deadlock. */
const lost = new Set(["40001", "40P01"]);

let retries = 0;

/** How often this process has run a transaction again. */
export function retriesCount(): number {
  return retries;
}

/** Whether a transaction failed only because of another one: by a serialization failure or a deadlock. */
export function lostAgainstAnother(error: unknown): boolean {
  return lost.has(sqlStateOf(error));
}

/**
 * Runs `attempt`, a whole transaction, and runs it again if `isRetriable` says so of its failure: at most six times,
 * with growing pauses of random length, so that two transactions that collided do not collide again. Rejects with the
 * last failure. Use it around `inTransaction` if the transaction locks rows that others lock, too.
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
      retries += 1;
      await sleep(Math.random() * firstPauseMs * 2 ** (attempts - 1));
    }
  }
}

/** The SQLSTATE of a database error, or an empty string for any other. */
export function sqlStateOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
