// When an event that was not delivered is tried again, and when the service gives up.

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** The pause after the first failure, the second and so on. The last one is that of all later ones. */
const pauses = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  6 * hour,
] as const;

/** How much longer or shorter a pause may be, so that endpoints that failed together do not come back together. */
const jitter = 0.2;

/** After so long without a success, an endpoint is paused. */
export const givesUpAfterMs = 72 * hour;

/** The longest pause that an endpoint may ask for. */
export const longestPauseMs = 6 * hour;

/**
 * The pause before the next attempt, in milliseconds. `attempts` have failed so far, at least one; `askedMs` is what the
 * endpoint asked for, null if it did not; `random` is from 0 to 1.
 */
export function pauseMs(attempts: number, askedMs: number | null, random: number): number {
  const usual = pauses[Math.min(attempts, pauses.length) - 1] ?? longestPauseMs;
  const own = Math.round(usual * (1 - jitter + 2 * jitter * random));
  return Math.min(Math.max(own, askedMs ?? 0), longestPauseMs * (1 + jitter));
}

/** Whether an event that fails since a time, in milliseconds since 1970, has failed for too long. */
export function isGivenUp(failingSince: number, now: number): boolean {
  return now - failingSince >= givesUpAfterMs;
}
