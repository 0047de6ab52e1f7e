// Decides when a batcher writes, how much, and what it refuses. These functions are pure: they take the batcher's
// state and the time as values. The batcher carries the decisions out.

/** How a batcher gathers. `batch-presets.ts` has the usual ways. */
export type BatchPolicy = {
  /** The most items in a batch. */
  readonly itemsMax: number;
  /** So many items are written as soon as a writer is free, without lingering; `itemsMax` if left out. */
  readonly itemsEnough?: number;
  /** The most weight in a batch; a single item that is heavier is written alone. No limit if left out. */
  readonly weightMax?: number;
  /** How long the first item of a batch waits for others at most, in milliseconds, if a writer is free. */
  readonly lingerMs: number;
  /** How many batches may be written at once. */
  readonly writersMax: number;
  /**
   * Whether a batch without enough items waits while another is being written, even if an item is urgent. Two batches
   * at once would each be smaller, and slow each other down.
   */
  readonly gathersWhileWriting?: boolean;
  /** How many items may wait, beyond those being written; more are refused. */
  readonly waitingMax: number;
  /**
   * How long an item waits at most at the present pace, in milliseconds; more items are refused, but never fewer than
   * `itemsMax`. No limit if left out.
   */
  readonly waitMsMax?: number;
};

/** The state of a batcher. The batcher keeps it up to date; the decisions only read it. */
export type BatcherState = {
  isClosed: boolean;
  /** Items that wait for a batch, and their weight. */
  waiting: number;
  waitingWeight: number;
  /** Batches being written, and their items. */
  batches: number;
  beingWritten: number;
  /** Whether a waiting item is urgent, has lingered, or found no room in the last batch. */
  isDue: boolean;
  /** When the last batch was written, in milliseconds. */
  lastWrittenAt: number;
  /** The most items that were waiting or being written at the same time lately. */
  recentMaximum: number;
  /** Items written per millisecond while batches are full; infinite if that is not known. */
  perMs: number;
};

/** Why an item is refused; null if it is not. */
export function refusalOf(
  policy: BatchPolicy,
  state: Readonly<BatcherState>,
): "closed" | "full" | null {
  if (state.isClosed) return "closed";
  return state.waiting >= placesOf(policy, state) ? "full" : null;
}

/** How many items may wait at the present pace. */
export function placesOf(
  { itemsMax, waitingMax, waitMsMax = Number.POSITIVE_INFINITY }: BatchPolicy,
  { perMs }: Pick<BatcherState, "perMs">,
): number {
  return Math.min(waitingMax, Math.max(itemsMax, perMs * waitMsMax));
}

/** When the next batch is to be written, if it `mayWrite` then. "turn" is one of the event loop. */
export type WhenToWrite = "now" | "after-this-turn" | "after-linger";

/**
 * Decides when to write. A closed batcher, or one with enough items, writes now. Fewer items wait at least for others
 * of the same turn of the event loop. They linger unless one is due, nothing was written within the time to linger, or
 * no more are expected. Clients that wait for results send nothing else, so the recent maximum is seldom exceeded.
 */
export function whenToWrite(
  policy: BatchPolicy,
  state: Readonly<BatcherState>,
  now: number,
): WhenToWrite {
  if (state.isClosed || isEnough(policy, state)) return "now";
  const isQuiet = state.batches === 0 && now - state.lastWrittenAt >= policy.lingerMs;
  const expectsNoMore = state.waiting + state.beingWritten >= state.recentMaximum;
  return state.isDue || isQuiet || expectsNoMore ? "after-this-turn" : "after-linger";
}

/** Whether an item waits and a writer is free for it. */
export function mayWrite(policy: BatchPolicy, state: Readonly<BatcherState>): boolean {
  if (state.waiting === 0) return false;
  const isGathering = policy.gathersWhileWriting === true && !isEnough(policy, state);
  return state.batches < (isGathering ? 1 : policy.writersMax);
}

function isEnough(policy: BatchPolicy, state: Readonly<BatcherState>): boolean {
  return (
    state.waiting >= (policy.itemsEnough ?? policy.itemsMax) ||
    state.waitingWeight >= (policy.weightMax ?? Number.POSITIVE_INFINITY)
  );
}

/** Whether a batch of so many items is as large as batches are in a rush. */
export function isFull({ itemsMax, itemsEnough = itemsMax }: BatchPolicy, items: number): boolean {
  return items >= itemsEnough;
}

/** Whether a batch with these items has a place for one more. An empty batch has one for any item. */
export function hasPlace(
  { itemsMax, weightMax = Number.POSITIVE_INFINITY }: BatchPolicy,
  taken: { readonly items: number; readonly weight: number },
  next: { readonly weight: number },
): boolean {
  return taken.items === 0 || (taken.items < itemsMax && taken.weight + next.weight <= weightMax);
}
