// A sliding maximum: remembers the largest of the values seen lately. Time arrives as a value, in milliseconds.

/** A memory of the largest value. */
export type SlidingMaximum = {
  /** Takes a value into account. */
  see(value: number, now: number): void;
  /** The largest value of the last period at least, and of the last two at most; 0 if there was none. */
  get(now: number): number;
};

/** Creates an empty memory. */
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
