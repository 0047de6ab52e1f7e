// Paces work that can wait, so that work that can't has the process to itself.

/** How work yields. */
export type YieldingPaceOptions = {
  /** Whether there is other work now. */
  readonly isBusy: () => boolean;
  /** How much may begin in a second meanwhile. */
  readonly perSecond: number;
};

/**
 * Creates a pace. The returned function resolves when the next piece of work may begin: at once while there is no other
 * work, and else in turn, `perSecond` times a second.
 */
export function createYieldingPace({
  isBusy,
  perSecond,
}: YieldingPaceOptions): () => Promise<void> {
  const everyMs = 1_000 / perSecond;
  let nextAt = 0;
  return async () => {
    if (!isBusy()) return;
    const now = performance.now();
    nextAt = Math.max(now, nextAt) + everyMs;
    await new Promise((resolve) => {
      setTimeout(resolve, nextAt - now);
    });
  };
}
