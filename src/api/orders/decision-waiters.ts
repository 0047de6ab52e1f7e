// Lets open requests wait for the decisions of their orders. The batch that decides an awaited order sends a PostgreSQL
// notification in its own transaction, so this works with every queue store.

/** One request's wait for one order. It lasts until it is cancelled. */
export type DecisionWait = {
  /**
   * Resolves with true when the order may have been decided since the wait began or since the last `true`. Resolves
   * with false after `ms` milliseconds, or when the process is stopping. Call it again only after it has resolved.
   */
  wokenWithin(ms: number): Promise<boolean>;
  /** Ends the wait. Each wait must be cancelled; otherwise it stays in memory. */
  cancel(): void;
};

/** The open requests that wait for decisions. */
export type DecisionWaiters = {
  /** Begins to wait for an order; call it before the order can be decided. */
  waitFor(orderId: string): DecisionWait;
  /** Handles a notification: the ids of decided orders, separated by commas. */
  wake(ids: string): void;
  /** Handles a gap in the notifications: wakes all waiting requests, so that each reads its order. */
  wakeAll(): void;
  /** Ends all waits, and later ones as soon as they begin; to be called when the process stops. */
  endWaits(): void;
};

type Waiter = { resolve: (() => void) | undefined; woken: boolean };

/** Creates an empty set of waiting requests. */
export function createDecisionWaiters(): DecisionWaiters {
  const waiters = new Map<string, Waiter[]>();
  let isEnding = false;

  const wakeOne = (waiter: Waiter): void => {
    waiter.woken = true;
    waiter.resolve?.();
  };

  const remove = (orderId: string, waiter: Waiter): void => {
    const ofOrder = waiters.get(orderId) ?? [];
    const at = ofOrder.indexOf(waiter);
    if (at >= 0) ofOrder.splice(at, 1);
    if (ofOrder.length === 0) waiters.delete(orderId);
  };

  return {
    waitFor(orderId) {
      const waiter: Waiter = { resolve: undefined, woken: false };
      const ofOrder = waiters.get(orderId);
      if (ofOrder === undefined) waiters.set(orderId, [waiter]);
      else ofOrder.push(waiter);
      return {
        cancel: () => remove(orderId, waiter),
        async wokenWithin(ms) {
          if (!waiter.woken && !isEnding) {
            let timer: NodeJS.Timeout | undefined;
            await new Promise<void>((resolve) => {
              waiter.resolve = resolve;
              timer = setTimeout(resolve, ms);
            });
            clearTimeout(timer);
          }
          const { woken } = waiter;
          waiter.woken = false;
          return woken;
        },
      };
    },
    wake(ids) {
      for (const id of ids.split(",")) for (const waiter of waiters.get(id) ?? []) wakeOne(waiter);
    },
    endWaits() {
      isEnding = true;
      for (const ofOrder of waiters.values()) for (const waiter of ofOrder) waiter.resolve?.();
    },
    wakeAll() {
      for (const ofOrder of waiters.values()) for (const waiter of ofOrder) wakeOne(waiter);
    },
  };
}
