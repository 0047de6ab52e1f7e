// Seeds that failed once, or that show something which random seeds show seldom. They are tests for ever.

/** A seed, and what it shows. */
export const seeds: readonly { readonly seed: number; readonly shows: string }[] = [
  { seed: 24, shows: "a queue store that is away for 20 s while orders come" },
  { seed: 328, shows: "a worker that freezes in the middle of a sweep, and stops when told" },
  { seed: 1166, shows: "two jobs of one order in one batch, after the locks of jobs were lost" },
  { seed: 1284, shows: "an order twice in a batch that has the units for it once" },
  {
    seed: 4535,
    shows: "a connection that breaks in a batch, and orders that come while it is tried again",
  },
];
