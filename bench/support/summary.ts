// Medians, percentiles, and the spread of samples.

/** Samples of one value, with their median and spread. */
export type Summary = {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly samples: readonly number[];
};

/** The middle value, or the mean of the two in the middle. Throws if there are no samples. */
export function medianOf(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error("Expected samples; got none.");
  return (lower + upper) / 2;
}

/** The percentile of the samples; `share` is 0.99 for p99. Throws if there are no samples. */
export function percentileOf(samples: readonly number[], share: number): number {
  const sorted = Float64Array.from(samples).toSorted();
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  if (value === undefined) throw new Error("Expected samples; got none.");
  return value;
}

/** Summarises samples. Throws if there are none. */
export function summarise(samples: readonly number[]): Summary {
  return {
    median: medianOf(samples),
    min: Math.min(...samples),
    max: Math.max(...samples),
    samples,
  };
}
