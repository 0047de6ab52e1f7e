// Reports equal things once, and their repetitions as one count per interval. While a store is unreachable or somebody
// floods the service, thousands of equal things happen; one line is enough.

/** How long equal things are counted before the count is reported. */
const intervalMs = 10_000;

/** How many kinds of things are counted apart; all others count as one kind. */
const kindsMax = 50;

/** What is done with the first thing of a kind, and with the number of those that came after it in the interval. */
export type ThrottleOptions<T> = {
  readonly first: (thing: T) => void;
  /** `thing` is the first one, or null if it stands for several kinds. It is not called for no repetition. */
  readonly again: (thing: T | null, times: number) => void;
};

/** Creates a function that takes one thing of a kind. Memory and reports are bounded, however many come. */
export function createThrottle<T>(options: ThrottleOptions<T>): (kind: string, thing: T) => void {
  const repeats = new Map<string | null, number>();

  return (given, thing) => {
    const kind = repeats.size < kindsMax || repeats.has(given) ? given : null;
    const count = repeats.get(kind);
    if (count !== undefined) {
      repeats.set(kind, count + 1);
      return;
    }
    repeats.set(kind, 0);
    options.first(thing);
    setTimeout(() => {
      const times = repeats.get(kind) ?? 0;
      repeats.delete(kind);
      if (times > 0) options.again(kind === null ? null : thing, times);
    }, intervalMs).unref();
  };
}
