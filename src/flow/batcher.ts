// Group commit: collects single items into batches, writes each batch with one call, and settles each item's promise
// when its batch is written. `batch-policy.ts` decides; this file has the promises, the timers and the calls.

import {
  type BatchPolicy,
  type BatcherState,
  mayWrite,
  refusalOf,
  whenToWrite,
} from "./batch-policy.ts";
import { BatcherClosedError, BatcherFullError } from "./batcher-errors.ts";
import { type Batch, createBatcherItems } from "./batcher-items.ts";
import type { Share } from "./fair-queue.ts";
import { createOverdueWatch } from "./overdue-watch.ts";

/** A policy, and how items are weighed and written. */
export type BatcherOptions<Item, Result> = BatchPolicy & {
  /** An item's weight, in the unit of `weightMax`; items weigh nothing if this is left out. */
  readonly weigh?: (item: Item) => number;
  /** Whether an item must not linger. Items that wait with it are written too. None is urgent if left out. */
  readonly isUrgent?: (item: Item) => boolean;
  /** After how many milliseconds without a result an item is rejected; never if left out. */
  readonly answerMsMax?: number;
  /**
   * Writes a batch and returns an outcome for each item, in order. An item's failure is its own outcome;
   * a rejection fails the whole batch.
   */
  readonly write: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>;
};

/** Collects items into batches. */
export type Batcher<Item, Result> = {
  /**
   * Resolves with the item's result once its batch is written; rejects if that failed. A `BatcherFullError` or a
   * `BatcherClosedError` means that the item will never be written; a `BatcherOverdueError` says whether it may be.
   * Users take turns, as `share` names them. If too many items wait, the newest of the largest user is refused.
   */
  add(item: Item, share?: Share): Promise<Result>;
  /** How long the oldest item has been without its result, in milliseconds; 0 if there is none. */
  oldestMs(): number;
  /** Writes all waiting items and resolves when none is left. Items added later are refused. */
  close(): Promise<void>;
};

/** Creates a batcher. */
export function createBatcher<Item, Result>(
  options: BatcherOptions<Item, Result>,
): Batcher<Item, Result> {
  const items = createBatcherItems<Item, Result>(options);
  const { state } = items;
  const overdue = createOverdueWatch(items, options.answerMsMax);
  const drained = Promise.withResolvers<void>();

  const writeBatches = (): void => {
    while (mayWrite(options, state)) {
      const batch = items.beginBatch(performance.now());
      void writeBatch(batch, options.write).then((settle) => endBatch(batch, settle));
    }
  };
  const timing = createTiming(options, state, writeBatches);

  /** Starts the next batch before this one's items are settled, because the code that awaits them would delay it. */
  const endBatch = (batch: Batch<Item, Result>, settle: () => void): void => {
    const now = performance.now();
    items.endBatch(batch, now);
    if (state.waiting > 0) {
      timing.schedule(now);
      setImmediate(settle);
    } else settle();
    resolveIfDrained();
  };

  const resolveIfDrained = (): void => {
    if (state.isClosed && state.waiting === 0 && state.batches === 0) drained.resolve();
  };

  const refused = (why: "closed" | "full"): Error =>
    why === "closed"
      ? new BatcherClosedError("The batcher is closed: this process is stopping.")
      : new BatcherFullError(
          `Expected no more than the ${state.waiting} waiting items; got one more.`,
          state.waiting / state.perMs,
        );

  const add = (item: Item, share?: Share): Promise<Result> =>
    new Promise((resolve, reject) => {
      const refusal = refusalOf(options, state);
      if (refusal !== null) {
        const dropped = refusal === "full" ? items.makeRoom(share) : undefined;
        if (dropped === undefined) throw refused(refusal);
        dropped.reject(refused(refusal));
      }
      const weight = options.weigh?.(item) ?? 0;
      const addedAt = performance.now();
      const isUrgent = options.isUrgent?.(item) ?? false;
      items.add({ item, weight, addedAt, resolve, reject }, isUrgent, share);
      overdue.watch();
      timing.schedule(addedAt);
    });

  const close = async (): Promise<void> => {
    state.isClosed = true;
    timing.schedule(performance.now());
    resolveIfDrained();
    await drained.promise;
    overdue.stop();
  };

  return { add, oldestMs: () => items.oldestMs(performance.now()), close };
}

/** Calls `writeBatches` after as long a wait as the policy demands. */
function createTiming(policy: BatchPolicy, state: BatcherState, writeBatches: () => void) {
  let linger: NodeJS.Timeout | undefined;
  let turnEnd: NodeJS.Immediate | undefined;

  const write = (): void => {
    clearImmediate(turnEnd);
    turnEnd = undefined;
    writeBatches();
    if (state.waiting > 0) return;
    clearTimeout(linger);
    linger = undefined;
  };
  const endLinger = (): void => {
    linger = undefined;
    state.isDue = true;
    write();
  };
  /** Plans the next write; to be called after each change of the waiting items. */
  const schedule = (now: number): void => {
    const when = whenToWrite(policy, state, now);
    if (when === "now") write();
    else linger ??= setTimeout(endLinger, policy.lingerMs);
    if (when === "after-this-turn") turnEnd ??= setImmediate(write);
  };
  return { schedule };
}

/** Writes a batch. Never rejects: it resolves with a function that settles the items, also after a failure. */
async function writeBatch<Item, Result>(
  batch: Batch<Item, Result>,
  write: BatcherOptions<Item, Result>["write"],
): Promise<() => void> {
  try {
    const results = await write(batch.map(({ item }) => item));
    return () => {
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (result?.status === "fulfilled") resolve(result.value);
        else reject(result?.reason ?? new Error("The batch gave no outcome for this item."));
      }
    };
  } catch (error) {
    return () => {
      for (const { reject } of batch) reject(error);
    };
  }
}
