// Medians with their spread.

/** Several samples of one quantity. */
export type Summary = {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly samples: readonly number[];
};

/** The middle value, or the mean of the two in the middle. Throws where there is none. */
export function medianOf(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error("There is no median of nothing.");
  return (lower + upper) / 2;
}

/** The value that the given share of the samples does not exceed. Throws where there is none. */
export function percentileOf(samples: readonly number[], share: number): number {
  const sorted = Float64Array.from(samples).toSorted();
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  if (value === undefined) throw new Error("There is no percentile of nothing.");
  return value;
}

/** Summarises samples. Throws where there is none. */
export function summarise(samples: readonly number[]): Summary {
  return {
    median: medianOf(samples),
    min: Math.min(...samples),
    max: Math.max(...samples),
    samples,
  };
}
