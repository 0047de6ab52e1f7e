// The id of the request that is being handled, for the events and movements that it writes. Every change beside an order
// comes from one request, and its id is only kept, never decided upon. So it is not an argument of each function between.

import { AsyncLocalStorage } from "node:async_hooks";

const scope = new AsyncLocalStorage<string>();

/** Runs `work` for the request with this id. */
export function withinRequest<T>(requestId: string, work: () => T): T {
  return scope.run(requestId, work);
}

/** The id of the request that is being handled; null in work that no request waits for, such as a worker's. */
export function currentRequestId(): string | null {
  return scope.getStore() ?? null;
}
