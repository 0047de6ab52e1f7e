// Counts what a replay leaves out, by reason, and keeps the first example of each.

/** One reason for leaving something out, and how often it occurred. */
export type Skipped = {
  readonly reason: string;
  readonly count: number;
  /** A description of the first example. */
  readonly first: string;
};

/** Counts by reason. */
export type Skips = {
  add(reason: string, example: string): void;
  /** All reasons, the most frequent first. */
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
