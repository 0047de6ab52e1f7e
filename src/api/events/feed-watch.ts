// Lets readers of the feed wait for more of it. All of a process share one look at the horizon, and nobody looks while
// nobody waits. So writers need not notify anyone.

import { setTimeout as pause } from "node:timers/promises";
import type { Horizon } from "../../db/feed/horizon.ts";
import { Problem } from "../http/problem.ts";

/** Waits for more of the feed. */
export type FeedWatch = {
  /**
   * Resolves with the horizon once it is past a place; with null after `ms` milliseconds, when the reader is gone, or when
   * the process stops. Rejects if the horizon can't be read, or with a `Problem` if too many wait.
   */
  past(place: string, ms: number, gone: AbortSignal): Promise<Horizon | null>;
  /** Ends all waits, and later ones as soon as they begin; to be called when the process stops. */
  end(): void;
  hasEnded(): boolean;
  /** Is aborted a moment after the end: a reader that does not read then is cut, so that the process can stop. */
  readonly cut: AbortSignal;
};

type Waiter = PromiseWithResolvers<Horizon | null> & { readonly place: bigint };

/**
 * How often the horizon is read while somebody waits, how many may wait, and how long after the end readers may take what
 * was sent.
 */
const usual = { everyMs: 100, waitersMax: 1_000, cutAfterMs: 1_000 };

/** Creates the watch of a process. */
export function createFeedWatch(
  readHorizon: () => Promise<Horizon>,
  { everyMs, waitersMax, cutAfterMs } = usual,
): FeedWatch {
  const waiters = new Set<Waiter>();
  const cut = new AbortController();
  let isLooking = false;
  let hasEnded = false;

  const look = async (): Promise<void> => {
    try {
      const horizon = await readHorizon();
      const place = BigInt(horizon.place);
      for (const waiter of waiters) if (place > waiter.place) waiter.resolve(horizon);
    } catch (error) {
      for (const waiter of waiters) waiter.reject(error);
    }
  };
  const lookOn = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    while (waiters.size > 0) {
      await look();
      await pause(everyMs, undefined, { ref: false });
    }
    isLooking = false;
  };

  return {
    async past(place, ms, gone) {
      if (hasEnded || gone.aborted) return null;
      if (waiters.size >= waitersMax) throw tooManyWait(waitersMax);
      const waiter = { ...Promise.withResolvers<Horizon | null>(), place: BigInt(place) };
      const giveUp = (): void => waiter.resolve(null);
      const timer = setTimeout(giveUp, ms);
      gone.addEventListener("abort", giveUp);
      waiters.add(waiter);
      void lookOn();
      try {
        return await waiter.promise;
      } finally {
        waiters.delete(waiter);
        clearTimeout(timer);
        gone.removeEventListener("abort", giveUp);
      }
    },
    end() {
      hasEnded = true;
      for (const waiter of waiters) waiter.resolve(null);
      setTimeout(() => cut.abort(), cutAfterMs).unref();
    },
    hasEnded: () => hasEnded,
    cut: cut.signal,
  };
}

function tooManyWait(most: number): Problem {
  return new Problem(
    "unavailable",
    `Expected at most ${most} readers that wait for events in this process. Ask again without wait, or later.`,
  );
}
