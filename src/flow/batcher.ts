// Group commit: gathers single items into batches, hands each batch to one writer, and settles each item's promise
// only once its batch is written. It knows nothing of orders. `batch-policy.ts` decides; here are the promises, the
// timers and the calls.

import { type BatchPolicy, type InHand, mayWrite, refusalOf, whenToWrite } from "./batch-policy.ts";
import { BatcherClosedError, BatcherFullError } from "./batcher-errors.ts";
import { type Batch, createItemsInHand } from "./items-in-hand.ts";
import { createOverdueWatch } from "./overdue-watch.ts";

/** A policy, and what is done with items. */
export type BatcherOptions<Item, Result> = BatchPolicy & {
  /** How heavy an item is, in the same unit as `weightMax`; it weighs nothing if left out. */
  readonly weigh?: (item: Item) => number;
  /** Items that don't linger, nor those that wait with them; none if left out. */
  readonly isUrgent?: (item: Item) => boolean;
  /** How long an item may be without its result, in milliseconds; then it is rejected. For ever if left out. */
  readonly answerMsMax?: number;
  /**
   * Writes a batch and returns an outcome for each item, in order. An item's failure is its own outcome;
   * a rejection fails the whole batch.
   */
  readonly write: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>;
};

/** Gathers items into batches. */
export type Batcher<Item, Result> = {
  /**
   * Resolves with the item's result once its batch is written; rejects if that failed. A `BatcherFullError` or a
   * `BatcherClosedError` means that the item will never be written; a `BatcherOverdueError` says whether it may be.
   */
  add(item: Item): Promise<Result>;
  /** How long the oldest item has been without its result, in milliseconds; 0 if there is none. */
  oldestMs(): number;
  /** Writes what has gathered and resolves when nothing is left. Items added later are refused. */
  close(): Promise<void>;
};

/** Creates a batcher. */
export function createBatcher<Item, Result>(
  options: BatcherOptions<Item, Result>,
): Batcher<Item, Result> {
  const items = createItemsInHand<Item, Result>(options);
  const { inHand } = items;
  const overdue = createOverdueWatch(items, options.answerMsMax);
  const drained = Promise.withResolvers<void>();

  const writeBatches = (): void => {
    while (mayWrite(options, inHand)) {
      const batch = items.beginBatch();
      void writeBatch(batch, options.write).then((settle) => endBatch(batch, settle));
    }
  };
  const timing = createTiming(options, inHand, writeBatches);

  /** The next batch is on its way before this one's items are settled: what they do then would delay its writer. */
  const endBatch = (batch: Batch<Item, Result>, settle: () => void): void => {
    const now = performance.now();
    items.endBatch(batch, now);
    if (inHand.waiting > 0) {
      timing.schedule(now);
      setImmediate(settle);
    } else settle();
    resolveIfDrained();
  };

  const resolveIfDrained = (): void => {
    if (inHand.isClosed && inHand.waiting === 0 && inHand.batches === 0) drained.resolve();
  };

  const add = (item: Item): Promise<Result> =>
    new Promise((resolve, reject) => {
      const refusal = refusalOf(options, inHand);
      if (refusal !== null) throw refusalError(refusal, options.waitingMax);
      const weight = options.weigh?.(item) ?? 0;
      const addedAt = performance.now();
      items.add({ item, weight, addedAt, resolve, reject }, options.isUrgent?.(item) ?? false);
      overdue.watch();
      timing.schedule(addedAt);
    });

  const close = async (): Promise<void> => {
    inHand.isClosed = true;
    timing.schedule(performance.now());
    resolveIfDrained();
    await drained.promise;
    overdue.stop();
  };

  return { add, oldestMs: () => items.oldestMs(performance.now()), close };
}

function refusalError(refusal: "closed" | "full", waitingMax: number): Error {
  return refusal === "closed"
    ? new BatcherClosedError("The batcher is closed: this process is stopping.")
    : new BatcherFullError(`Expected at most ${waitingMax} waiting items; got one more.`);
}

/** Waits, as long as the policy says, before it lets batches be written. */
function createTiming(policy: BatchPolicy, inHand: InHand, writeBatches: () => void) {
  let linger: NodeJS.Timeout | undefined;
  let turnEnd: NodeJS.Immediate | undefined;

  const write = (): void => {
    clearImmediate(turnEnd);
    turnEnd = undefined;
    writeBatches();
    if (inHand.waiting > 0) return;
    clearTimeout(linger);
    linger = undefined;
  };
  const endLinger = (): void => {
    linger = undefined;
    inHand.isDue = true;
    write();
  };
  /** Sees to it that what waits is written in time. */
  const schedule = (now: number): void => {
    const when = whenToWrite(policy, inHand, now);
    if (when === "now") write();
    else linger ??= setTimeout(endLinger, policy.lingerMs);
    if (when === "after-this-turn") turnEnd ??= setImmediate(write);
  };
  return { schedule };
}

/** Writes a batch. Resolves, whatever became of it, with what settles its items. */
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
