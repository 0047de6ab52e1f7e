// BullMQ's backend on PostgreSQL, without its memory of a failure: it keeps the outcome of its first connection for good.
// If that failed, a worker would ask again without a pause, get the same failure at once, and so keep its process from
// doing anything else. No signal would stop it.

import { setTimeout as sleep } from "node:timers/promises";
import { type BackendFactory, createPostgresBackend } from "bullmq";
import type { PostgresConnectionOptions, PostgresQueueBackend } from "bullmq";

/** The pause after a failed start, in milliseconds. BullMQ itself makes none after most errors. */
const pauseMs = 500;

/** Creates BullMQ's backend. A connection that could not be opened is tried again when it is needed next. */
export const createRetryingBackend: BackendFactory<
  PostgresQueueBackend,
  PostgresConnectionOptions
> = (...given) => {
  const backend = createPostgresBackend(...given);
  forgetFailure(backend.connection);
  forgetFailure(backend);
  return backend;
};

/** What becomes ready once. BullMQ keeps the promise of it in a field. */
type Starting = { waitUntilReady(): Promise<void> };

function forgetFailure(starting: Starting): void {
  const start = starting.waitUntilReady.bind(starting);
  starting.waitUntilReady = async () => {
    const attempt = start();
    const kept: unknown = Reflect.get(starting, "readyPromise");
    try {
      await attempt;
    } catch (error) {
      await sleep(pauseMs);
      if (Reflect.get(starting, "readyPromise") === kept) {
        Reflect.set(starting, "readyPromise", undefined);
      }
      throw error;
    }
  };
}
