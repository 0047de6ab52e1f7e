// Rejects a batcher's items that get no result in time.

import { BatcherOverdueError } from "./batcher-errors.ts";
import type { BatcherItems } from "./batcher-items.ts";

/** Creates a watch that rejects items without a result after `answerMsMax`, or none if that is undefined. */
export function createOverdueWatch<Item, Result>(
  items: BatcherItems<Item, Result>,
  answerMsMax: number | undefined,
) {
  let timer: NodeJS.Timeout | undefined;

  /** Starts the timer, which runs as long as items have no result. */
  const watch = (): void => {
    if (answerMsMax === undefined) return;
    // One timer checks all items, four times in `answerMsMax`: often enough, and cheap while a batch is slow.
    timer ??= setTimeout(check, answerMsMax / 4, answerMsMax).unref();
  };

  const check = (ms: number): void => {
    timer = undefined;
    const now = performance.now();
    // A writer may still write these. They stay in its batch, but its outcome is ignored.
    for (const { addedAt, reject } of [...items.batches].flat()) {
      if (now - addedAt >= ms) reject(new BatcherOverdueError(ms, true));
    }
    for (const { reject } of items.takeOverdue(ms, now)) {
      reject(new BatcherOverdueError(ms, false));
    }
    if (items.state.waiting > 0 || items.state.batches > 0) watch();
  };

  return { watch, stop: () => clearTimeout(timer) };
}
