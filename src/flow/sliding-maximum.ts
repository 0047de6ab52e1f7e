// Remembers the largest of the values seen lately.

/** A memory of the largest value. */
export type RecentPeak = {
  /** Takes a value into account. */
  see(value: number): void;
  /** The largest value of the last period, at least, and of the last two, at most; 0 where there was none. */
  get(): number;
};

/** Creates an empty memory. `now` gives milliseconds. */
export function createRecentPeak(periodMs: number, now = () => performance.now()): RecentPeak {
  let startedAt = now();
  let current = 0;
  let previous = 0;

  const turnOver = (): void => {
    const age = now() - startedAt;
    if (age < periodMs) return;
    previous = age < 2 * periodMs ? current : 0;
    current = 0;
    startedAt = now();
  };

  return {
    see(value) {
      turnOver();
      current = Math.max(current, value);
    },
    get() {
      turnOver();
      return Math.max(current, previous);
    },
  };
}
