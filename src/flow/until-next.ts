// Lets everything that looks again and again look in the same turn of the event loop. For an idle process, waking up
// costs more than what it does then.

/** How long it is, in milliseconds, until this process's clock is the next multiple of `intervalMs`. At most that long. */
export function untilNext(intervalMs: number, now = performance.now()): number {
  return intervalMs - (now % intervalMs);
}
