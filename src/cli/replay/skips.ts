// Counts what a replay leaves out, by reason, and remembers the first of each to look at.

/** What was left out for one reason. */
export type Skipped = {
  readonly reason: string;
  readonly count: number;
  /** The first of them, in words. */
  readonly first: string;
};

/** A running count. */
export type Skips = {
  add(reason: string, example: string): void;
  /** Every reason, the most frequent first. */
  list(): Skipped[];
};

/** Creates an empty count. */
export function createSkips(): Skips {
  const skips = new Map<string, { count: number; first: string }>();
  return {
    add(reason, example) {
      const known = skips.get(reason);
      if (known === undefined) skips.set(reason, { count: 1, first: example });
      else known.count += 1;
    },
    list: () =>
      [...skips]
        .map(([reason, skip]) => ({ reason, ...skip }))
        .toSorted((a, b) => b.count - a.count),
  };
}
