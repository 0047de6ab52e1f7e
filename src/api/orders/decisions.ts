// Lets an open request wait for its order's decision. The batch that decides an awaited order says so in
// its own transaction, by a PostgreSQL notification: this works the same on every queue store.

/** One request's wait for one order. */
export type Expectation = {
  /** Resolves with true when the order may have been decided, and with false when the time is up. */
  decided(withinMs: number): Promise<boolean>;
  /** Gives the wait up. */
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
};

type Waiter = { wake: (() => void) | undefined; woken: boolean };

/** Creates an empty set of waiting requests. */
export function createDecisions(): Decisions {
  const waiters = new Map<string, Set<Waiter>>();

  const wake = (waiter: Waiter): void => {
    waiter.woken = true;
    waiter.wake?.();
  };

  return {
    expect(orderId) {
      const waiter: Waiter = { wake: undefined, woken: false };
      const ofOrder = waiters.get(orderId) ?? new Set();
      waiters.set(orderId, ofOrder.add(waiter));
      const cancel = (): void => {
        ofOrder.delete(waiter);
        if (ofOrder.size === 0 && waiters.get(orderId) === ofOrder) waiters.delete(orderId);
      };
      return {
        cancel,
        async decided(withinMs) {
          if (!waiter.woken) {
            let timer: NodeJS.Timeout | undefined;
            await new Promise<void>((resolve) => {
              waiter.wake = resolve;
              timer = setTimeout(resolve, withinMs);
            });
            clearTimeout(timer);
          }
          cancel();
          return waiter.woken;
        },
      };
    },
    onDecided(ids) {
      for (const id of ids.split(",")) for (const waiter of waiters.get(id) ?? []) wake(waiter);
    },
    onGap() {
      for (const ofOrder of waiters.values()) for (const waiter of ofOrder) wake(waiter);
    },
  };
}
