// The items of a batcher that are waiting or being written, and the state that its policy reads.

import { type BatchPolicy, type BatcherState, hasPlace, isFull } from "./batch-policy.ts";
import { createFairQueue, type Share } from "./fair-queue.ts";
import { createPace } from "./pace.ts";
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
  const waiting = createFairQueue<Entry<Item, Result>>();
  const pace = createPace();
  const batches = new Set<Batch<Item, Result>>();
  const recent = createSlidingMaximum(expectedForMs);
  const state = emptyState();

  const noteGone = (entry: Entry<Item, Result>): void => {
    state.waiting -= 1;
    state.waitingWeight -= entry.weight;
  };

  const beginBatch = (now: number): Batch<Item, Result> => {
    const batch: Entry<Item, Result>[] = [];
    const taken = { items: 0, weight: 0 };
    for (let next = waiting.first(); next !== undefined && hasPlace(policy, taken, next);) {
      waiting.take();
      noteGone(next);
      batch.push(next);
      taken.items += 1;
      taken.weight += next.weight;
      next = waiting.first();
    }
    if (state.batches === 0) pace.begin(now);
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
    state.perMs = pace.end(batch.length, isFull(policy, batch.length), now);
  };

  const add = (entry: Entry<Item, Result>, isUrgent: boolean, share?: Share): void => {
    waiting.add(entry, share);
    state.waiting += 1;
    state.waitingWeight += entry.weight;
    state.isDue ||= isUrgent;
    recent.see(state.waiting + state.beingWritten, entry.addedAt);
    state.recentMaximum = recent.get(entry.addedAt);
  };

  /** Removes and returns the items that have waited for `ms` or longer; they will never be written. */
  const takeOverdue = (ms: number, now: number): Batch<Item, Result> => {
    const overdue = waiting.takeWhile(({ addedAt }) => now - addedAt >= ms);
    for (const entry of overdue) noteGone(entry);
    return overdue;
  };

  /** Removes and returns an item, so that a new one may wait in its place; undefined if the new one is to be refused. */
  const makeRoom = (share?: Share): Entry<Item, Result> | undefined => {
    const dropped = waiting.makeRoom(1, share);
    if (dropped !== undefined) noteGone(dropped);
    return dropped;
  };

  /** The age of the oldest item without a result; 0 if there is none. */
  const oldestMs = (now: number): number => {
    let oldestAt = now;
    for (const [first] of batches) oldestAt = Math.min(oldestAt, first?.addedAt ?? now);
    for (const { addedAt } of waiting.heads()) oldestAt = Math.min(oldestAt, addedAt);
    return now - oldestAt;
  };
  return { state, batches, add, beginBatch, endBatch, takeOverdue, makeRoom, oldestMs };
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
    perMs: Number.POSITIVE_INFINITY,
  };
}
