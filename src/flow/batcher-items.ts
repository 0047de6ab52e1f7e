// The items of a batcher that are waiting or being written, and the state that its policy reads.

import { type BatchPolicy, type BatcherState, nextBatchSize } from "./batch-policy.ts";
import { createSlidingMaximum } from "./sliding-maximum.ts";

/** For how long, at least, the most items at a time are remembered, as a guess of how many come next. */
const expectedForMs = 500;

/** An item, and the functions that settle the promise of its result. */
export type Entry<Item, Result> = {
  readonly item: Item;
  readonly weight: number;
  readonly addedAt: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
};

/** Items that are written together. */
export type Batch<Item, Result> = readonly Entry<Item, Result>[];

/** The items of a batcher that have no result yet. */
export type BatcherItems<Item, Result> = ReturnType<typeof createBatcherItems<Item, Result>>;

/** Creates the items of a batcher: none at first. All times are milliseconds of one clock. */
export function createBatcherItems<Item, Result>(policy: BatchPolicy) {
  const waiting: Entry<Item, Result>[] = [];
  const batches = new Set<Batch<Item, Result>>();
  const recent = createSlidingMaximum(expectedForMs);
  const state = emptyState();

  /** Takes the items that have waited longest. */
  const take = (count: number): Batch<Item, Result> => {
    const taken = waiting.splice(0, count);
    state.waiting -= taken.length;
    for (const { weight } of taken) state.waitingWeight -= weight;
    return taken;
  };

  const beginBatch = (): Batch<Item, Result> => {
    const batch = take(nextBatchSize(policy, waiting));
    batches.add(batch);
    state.batches += 1;
    state.beingWritten += batch.length;
    state.isDue = state.waiting > 0;
    return batch;
  };

  const endBatch = (batch: Batch<Item, Result>, now: number): void => {
    batches.delete(batch);
    state.batches -= 1;
    state.beingWritten -= batch.length;
    state.lastWrittenAt = now;
    state.recentMaximum = recent.get(now);
  };

  const add = (entry: Entry<Item, Result>, isUrgent: boolean): void => {
    waiting.push(entry);
    state.waiting += 1;
    state.waitingWeight += entry.weight;
    state.isDue ||= isUrgent;
    recent.see(state.waiting + state.beingWritten, entry.addedAt);
    state.recentMaximum = recent.get(entry.addedAt);
  };

  /** Removes and returns the items that have waited for `ms` or longer; they will never be written. */
  const takeOverdue = (ms: number, now: number): Batch<Item, Result> => {
    const inTime = waiting.findIndex(({ addedAt }) => now - addedAt < ms);
    return take(inTime < 0 ? waiting.length : inTime);
  };

  /** The age of the oldest item without a result; 0 if there is none. */
  const oldestMs = (now: number): number => {
    const heads = [waiting, ...batches].map((entries) => entries[0]?.addedAt ?? now);
    return now - Math.min(...heads);
  };
  return { state, batches, add, beginBatch, endBatch, takeOverdue, oldestMs };
}

function emptyState(): BatcherState {
  return {
    isClosed: false,
    waiting: 0,
    waitingWeight: 0,
    batches: 0,
    beingWritten: 0,
    isDue: false,
    lastWrittenAt: Number.NEGATIVE_INFINITY,
    recentMaximum: 0,
  };
}
