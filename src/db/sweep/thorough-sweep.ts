// How a thorough sweep differs from the others. The sweeper and those who judge how long work waits go by it.

/**
 * Most sweeps look at the oldest rows alone, which is enough to notice that a store has lost its jobs. Every
 * `every`th, and the first, also looks at all rows that are `times` as old: a few among many may have lost theirs.
 */
export const thoroughSweep = { every: 4, times: 6 };
