// A sliding maximum: the largest of the values seen lately. Callers pass the time, in milliseconds.

/** The largest value seen lately. */
export type SlidingMaximum = {
  /** Takes a value into account. */
  see(value: number, now: number): void;
  /** The largest value of at least the last period and at most the last two; 0 if there was none. */
  get(now: number): number;
};

/** Creates a sliding maximum that has seen no value. */
export function createSlidingMaximum(periodMs: number): SlidingMaximum {
  let startedAt = Number.NEGATIVE_INFINITY;
  let current = 0;
  let previous = 0;

  const endPeriods = (now: number): void => {
    const age = now - startedAt;
    if (age < periodMs) return;
    previous = age < 2 * periodMs ? current : 0;
    current = 0;
    startedAt = now;
  };

  return {
    see(value, now) {
      endPeriods(now);
      current = Math.max(current, value);
    },
    get(now) {
      endPeriods(now);
      return Math.max(current, previous);
    },
  };
}
