// Keeps what V8 has learned of `process.nextTick`.

import { executionAsyncResource } from "node:async_hooks";

const kept: object[] = [];

/**
 * Keeps one of the objects that `process.nextTick` queues. Should a full garbage collection find none, V8
 * forgets their shape and the code that it compiled for it, and compiles a slower one that is never replaced:
 * each call then takes four times as long, and a request makes half a dozen.
 */
export function keepTickShape(): void {
  process.nextTick(() => kept.push(executionAsyncResource()));
}
