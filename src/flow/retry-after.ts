// When a refused client should come again. Clients that were refused together should not come again together.

/** The shortest and the longest time to name, in seconds. */
const seconds = { min: 1, max: 30 };

/**
 * The value of a `Retry-After` header, in whole seconds: the time until there is room again, and up to as much more.
 * `random` is from 0 to 1, and spreads the clients.
 */
export function retryAfter(waitMs: number, random: number): string {
  const waitSeconds = Math.min(seconds.max, Math.max(seconds.min, (waitMs || 0) / 1_000));
  return String(Math.min(seconds.max, Math.ceil(waitSeconds * (1 + random))));
}
