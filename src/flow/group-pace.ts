// Chooses how many rows a transaction writes, by how long such transactions held their locks lately. Large groups write
// more rows a second; small ones hold up others for a shorter time.

/** The limits of a pace. A row's weight is the caller's; a plain row weighs 1. */
export type PaceLimits = {
  readonly weightMin: number;
  readonly weightMax: number;
  /** The weight of the first group. */
  readonly weightFirst: number;
  /** How long a group should hold its locks, in milliseconds. */
  readonly heldMs: number;
};

/** A group that was written: its weight, and how long it held its locks in milliseconds. */
export type WrittenGroup = { readonly weight: number; readonly heldMs: number };

/**
 * The weight of the next group. It falls at once to what fits into the time. It grows by at most a half, and only after a
 * group that was full: a small one does not tell how long a large one takes.
 */
export function nextWeight(limits: PaceLimits, weight: number, written: WrittenGroup): number {
  const fits = (written.weight * limits.heldMs) / Math.max(written.heldMs, 0.1);
  const grown = written.weight >= weight ? weight * 1.5 : weight;
  const isSlow = written.heldMs > limits.heldMs;
  const next = isSlow ? Math.min(fits, weight) : Math.min(Math.max(fits, weight), grown);
  return Math.round(Math.min(limits.weightMax, Math.max(limits.weightMin, next)));
}

/** The pace of one kind of group. All requests of a process share it. */
export type GroupPace = {
  /** How many of the items are written next, at least 1: as many as fit into the weight. */
  readonly take: (weights: Iterable<number>) => number;
  /** Tells of a group that was written. */
  readonly record: (written: WrittenGroup) => void;
};

/** Creates a pace. */
export function createGroupPace(limits: PaceLimits): GroupPace {
  let weight = limits.weightFirst;
  return {
    take(weights) {
      let taken = 0;
      let sum = 0;
      for (const each of weights) {
        sum += each;
        if (taken > 0 && sum > weight) break;
        taken += 1;
      }
      return taken;
    },
    record(written) {
      weight = nextWeight(limits, weight, written);
    },
  };
}
