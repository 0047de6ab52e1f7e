// Random numbers that follow from a seed, so that a run can be repeated.

/** Draws from a stream of random numbers. The same seed gives the same stream. */
export type Random = {
  /** A number from 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the values; there must be one. */
  pick<T>(values: readonly T[]): T;
};

/** Creates a stream (mulberry32). */
export function createRandom(seed: number): Random {
  // Neighbouring seeds would begin with similar numbers, so the seed is spread over all bits first.
  let state = Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick(values) {
      for (const value of values.slice(whole(0, values.length - 1))) return value;
      throw new Error("Expected at least one value to pick from; got none.");
    },
  };
}
