// Rejects a batcher's items that get no result in time.

import { BatcherOverdueError } from "./batcher-errors.ts";
import type { ItemsInHand } from "./items-in-hand.ts";

/** Creates a watch that rejects items without a result after `answerMsMax`, or none if that is undefined. */
export function createOverdueWatch<Item, Result>(
  items: ItemsInHand<Item, Result>,
  answerMsMax: number | undefined,
) {
  let timer: NodeJS.Timeout | undefined;

  /** Watches as long as items are in hand. */
  const watch = (): void => {
    if (answerMsMax === undefined) return;
    // Checked in steps, so that one timer serves all and a slow batch is not checked all the time.
    timer ??= setTimeout(check, answerMsMax / 4, answerMsMax).unref();
  };

  const check = (ms: number): void => {
    timer = undefined;
    const now = performance.now();
    // A writer may still write these. They stay in its batch, but nobody hears of its outcome.
    for (const { addedAt, reject } of [...items.batches].flat()) {
      if (now - addedAt >= ms) reject(new BatcherOverdueError(ms, true));
    }
    for (const { reject } of items.takeOverdue(ms, now)) {
      reject(new BatcherOverdueError(ms, false));
    }
    if (items.inHand.waiting > 0 || items.inHand.batches > 0) watch();
  };

  return { watch, stop: () => clearTimeout(timer) };
}
