// When a batcher writes, how much, and what it refuses. Only decisions: what is in hand and the time arrive as
// values, and nothing is changed here. The batcher carries the decisions out.

/** How a batcher gathers. `batch-presets.ts` has the usual ways. */
export type BatchPolicy = {
  /** A batch closes when it holds this many items. */
  readonly itemsMax: number;
  /** A batch of this many items waits for no further items, only for a writer; `itemsMax` if left out. */
  readonly itemsEnough?: number;
  /** A batch closes before its weight would exceed this; a heavier single item goes alone. No limit if left out. */
  readonly weightMax?: number;
  /** How long the first item of a batch waits for others at most, in milliseconds, if a writer is free. */
  readonly lingerMs: number;
  /** How many batches may be written at once. */
  readonly writersMax: number;
  /**
   * Whether a batch that has not enough items goes on gathering while another is being written, also if an item
   * is urgent. Two batches at once would each be smaller, and slow each other down.
   */
  readonly gathersWhileWriting?: boolean;
  /** How many items may wait, beyond those being written; more are refused. */
  readonly waitingMax: number;
};

/** What a batcher has in hand. The batcher keeps it up to date; the decisions only read it. */
export type InHand = {
  isClosed: boolean;
  /** Items that wait for a batch, and their weight. */
  waiting: number;
  waitingWeight: number;
  /** Batches being written, and their items. */
  batches: number;
  beingWritten: number;
  /** Whether an item waits that is urgent, that has lingered, or that a batch had no room for. */
  isDue: boolean;
  /** When the last batch was written, in milliseconds. */
  lastWrittenAt: number;
  /** The most items that were in hand at once lately, waiting or being written. */
  recentMaximum: number;
};

/** Why an item is refused; null if it is not. */
export function refusalOf(policy: BatchPolicy, inHand: Readonly<InHand>): "closed" | "full" | null {
  if (inHand.isClosed) return "closed";
  return inHand.waiting >= policy.waitingMax ? "full" : null;
}

/** When the next batch is to be written, provided that it `mayWrite` then. */
export type WhenToWrite = "now" | "after-this-turn" | "after-linger";

/**
 * Enough items are written now, and so is all that a closed batcher has. Fewer wait at least for those that come in
 * the same turn of the event loop. They linger for more unless one of them is due, or nothing was written within
 * the time to linger, or no more are expected: clients that wait for their results send nothing else, so there are
 * seldom more items than there were lately.
 */
export function whenToWrite(
  policy: BatchPolicy,
  inHand: Readonly<InHand>,
  now: number,
): WhenToWrite {
  if (inHand.isClosed || isEnough(policy, inHand)) return "now";
  const isQuiet = inHand.batches === 0 && now - inHand.lastWrittenAt >= policy.lingerMs;
  const expectsNoMore = inHand.waiting + inHand.beingWritten >= inHand.recentMaximum;
  return inHand.isDue || isQuiet || expectsNoMore ? "after-this-turn" : "after-linger";
}

/** Whether there is something to write and a writer for it. */
export function mayWrite(policy: BatchPolicy, inHand: Readonly<InHand>): boolean {
  if (inHand.waiting === 0) return false;
  const isGathering = policy.gathersWhileWriting === true && !isEnough(policy, inHand);
  return inHand.batches < (isGathering ? 1 : policy.writersMax);
}

function isEnough(policy: BatchPolicy, inHand: Readonly<InHand>): boolean {
  return (
    inHand.waiting >= (policy.itemsEnough ?? policy.itemsMax) ||
    inHand.waitingWeight >= (policy.weightMax ?? Number.POSITIVE_INFINITY)
  );
}

/** How many of the items that wait make the next batch: the first at least, and no more than the limits allow. */
export function nextBatchSize(
  { itemsMax, weightMax = Number.POSITIVE_INFINITY }: BatchPolicy,
  waiting: readonly { readonly weight: number }[],
): number {
  let size = 0;
  let weight = 0;
  for (const item of waiting) {
    weight += item.weight;
    if (size > 0 && (size >= itemsMax || weight > weightMax)) break;
    size += 1;
  }
  return size;
}
