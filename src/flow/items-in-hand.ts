// The items that a batcher has in hand, and what its policy has to know of them.

import { type BatchPolicy, type InHand, nextBatchSize } from "./batch-policy.ts";
import { createSlidingMaximum } from "./sliding-maximum.ts";

/** For how long, at least, as many items as were in hand at once are expected again. */
const expectedForMs = 500;

/** An item, and what settles the promise of its result. */
export type Entry<Item, Result> = {
  readonly item: Item;
  readonly weight: number;
  readonly addedAt: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
};

/** Items that are written together. */
export type Batch<Item, Result> = readonly Entry<Item, Result>[];

/** What a batcher has in hand. */
export type ItemsInHand<Item, Result> = ReturnType<typeof createItemsInHand<Item, Result>>;

/** Creates an empty hand. All times are milliseconds of one clock. */
export function createItemsInHand<Item, Result>(policy: BatchPolicy) {
  const waiting: Entry<Item, Result>[] = [];
  const batches = new Set<Batch<Item, Result>>();
  const recent = createSlidingMaximum(expectedForMs);
  const inHand = nothingInHand();

  /** Takes the items that have waited longest. */
  const take = (count: number): Batch<Item, Result> => {
    const taken = waiting.splice(0, count);
    inHand.waiting -= taken.length;
    for (const { weight } of taken) inHand.waitingWeight -= weight;
    return taken;
  };

  const beginBatch = (): Batch<Item, Result> => {
    const batch = take(nextBatchSize(policy, waiting));
    batches.add(batch);
    inHand.batches += 1;
    inHand.beingWritten += batch.length;
    inHand.isDue = inHand.waiting > 0;
    return batch;
  };

  const endBatch = (batch: Batch<Item, Result>, now: number): void => {
    batches.delete(batch);
    inHand.batches -= 1;
    inHand.beingWritten -= batch.length;
    inHand.lastWrittenAt = now;
    inHand.recentMaximum = recent.get(now);
  };

  const add = (entry: Entry<Item, Result>, isUrgent: boolean): void => {
    waiting.push(entry);
    inHand.waiting += 1;
    inHand.waitingWeight += entry.weight;
    inHand.isDue ||= isUrgent;
    recent.see(inHand.waiting + inHand.beingWritten, entry.addedAt);
    inHand.recentMaximum = recent.get(entry.addedAt);
  };

  /** Takes those that have waited for so long; they will never be written. */
  const takeOverdue = (ms: number, now: number): Batch<Item, Result> => {
    const inTime = waiting.findIndex(({ addedAt }) => now - addedAt < ms);
    return take(inTime < 0 ? waiting.length : inTime);
  };

  /** How long the oldest item has been in hand; 0 if there is none. */
  const oldestMs = (now: number): number => {
    const heads = [waiting, ...batches].map((entries) => entries[0]?.addedAt ?? now);
    return now - Math.min(...heads);
  };
  return { inHand, batches, add, beginBatch, endBatch, takeOverdue, oldestMs };
}

function nothingInHand(): InHand {
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
