// Lets an open request wait for its order's decision. The batch that decides an awaited order says so in
// its own transaction, by a PostgreSQL notification: this works the same on every queue store.

/** One request's wait for one order, which lasts until it is cancelled. */
export type Expectation = {
  /**
   * Resolves with true when the order may have been decided since the wait began, or since the last call
   * resolved with true; with false when the time is up, or nobody may wait any longer. Call it again only once it
   * has resolved.
   */
  decided(withinMs: number): Promise<boolean>;
  /** Ends the wait. Whoever waits must: a wait that is never cancelled is kept for good. */
  cancel(): void;
};

/** Waiting for decisions. */
export type Decisions = {
  /** Begins to wait for an order; call it before the order can be decided. */
  expect(orderId: string): Expectation;
  /** Handles a notification: the ids of decided orders, separated by commas. */
  onDecided(ids: string): void;
  /** Handles a gap in the notifications: everybody who waits had better look for themselves. */
  onGap(): void;
  /** Ends all waits, and those that begin later at once: the process is stopping. */
  endWaits(): void;
};

type Waiter = { wake: (() => void) | undefined; woken: boolean };

/** Creates an empty set of waiting requests. */
export function createDecisions(): Decisions {
  const waiters = new Map<string, Waiter[]>();
  let isEnding = false;

  const wake = (waiter: Waiter): void => {
    waiter.woken = true;
    waiter.wake?.();
  };

  const remove = (orderId: string, waiter: Waiter): void => {
    const ofOrder = waiters.get(orderId) ?? [];
    const at = ofOrder.indexOf(waiter);
    if (at >= 0) ofOrder.splice(at, 1);
    if (ofOrder.length === 0) waiters.delete(orderId);
  };

  return {
    expect(orderId) {
      const waiter: Waiter = { wake: undefined, woken: false };
      const ofOrder = waiters.get(orderId);
      if (ofOrder === undefined) waiters.set(orderId, [waiter]);
      else ofOrder.push(waiter);
      return {
        cancel: () => remove(orderId, waiter),
        async decided(withinMs) {
          if (!waiter.woken && !isEnding) {
            let timer: NodeJS.Timeout | undefined;
            await new Promise<void>((resolve) => {
              waiter.wake = resolve;
              timer = setTimeout(resolve, withinMs);
            });
            clearTimeout(timer);
          }
          const { woken } = waiter;
          waiter.woken = false;
          return woken;
        },
      };
    },
    onDecided(ids) {
      for (const id of ids.split(",")) for (const waiter of waiters.get(id) ?? []) wake(waiter);
    },
    endWaits() {
      isEnding = true;
      for (const ofOrder of waiters.values()) for (const waiter of ofOrder) waiter.wake?.();
    },
    onGap() {
      for (const ofOrder of waiters.values()) for (const waiter of ofOrder) wake(waiter);
    },
  };
}
