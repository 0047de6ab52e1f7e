// Group commit: gathers single items into batches, hands each batch to one writer, and gives word to each
// item only once its batch is written. It knows nothing of orders.

import { BatcherClosedError, BatcherFullError, BatcherOverdueError } from "./batcher-errors.ts";
import { createSlidingMaximum } from "./sliding-maximum.ts";

/** How a batcher gathers. */
export type BatcherOptions<Item, Result> = {
  /** A batch closes when it holds this many items. */
  readonly itemsMax: number;
  /** A batch of this many items waits for no more company, but for a writer only; `itemsMax` if left out. */
  readonly itemsEnough?: number;
  /** A batch closes before its weight would exceed this; a heavier single item goes alone. */
  readonly weightMax: number;
  /** How heavy an item is, in the same unit as `weightMax`. */
  readonly weigh: (item: Item) => number;
  /**
   * How long the first item of a batch waits for company, in milliseconds. It waits only for those who come in
   * the same turn of the event loop where nothing is being written, nor was within that time; and where as many
   * items are in hand already as there were at most lately: clients that wait for their answers send no more.
   */
  readonly lingerMs: number;
  /** Items that don't linger, nor those who wait with them; none if left out. */
  readonly isUrgent?: (item: Item) => boolean;
  /** How many batches may be written at once. */
  readonly writersMax: number;
  /**
   * Whether a batch that has not enough items goes on gathering while another is being written, whoever is
   * urgent. Two at once would each be smaller, and get into each other's way.
   */
  readonly gathersWhileWriting?: boolean;
  /** How many items may wait, beyond those being written; more are refused. */
  readonly waitingMax: number;
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

/** For how long, at least, as many items as were in hand at once are expected again. */
const expectedForMs = 500;

type Waiting<Item, Result> = {
  readonly item: Item;
  readonly weight: number;
  readonly addedAt: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
};

/** Creates a batcher. */
export function createBatcher<Item, Result>(
  options: BatcherOptions<Item, Result>,
): Batcher<Item, Result> {
  const waiting: Waiting<Item, Result>[] = [];
  const writing = new Set<readonly Waiting<Item, Result>[]>();
  const idle: (() => void)[] = [];
  let waitingWeight = 0;
  let beingWritten = 0;
  const inHandPeak = createSlidingMaximum(expectedForMs);
  let lastEndedAt = Number.NEGATIVE_INFINITY;
  let closed = false;
  let linger: NodeJS.Timeout | undefined;
  /** Whether somebody waits who has lingered already or is urgent: only a writer is waited for now. */
  let isDue = false;
  let turnEnds: NodeJS.Immediate | undefined;
  let overdue: NodeJS.Timeout | undefined;

  /** Takes the next batch off the queue: at least one item, and no more than the limits allow. */
  const takeBatch = (): Waiting<Item, Result>[] => {
    let weight = 0;
    let count = 0;
    for (const entry of waiting) {
      const heavier = weight + entry.weight;
      if (count > 0 && (count >= options.itemsMax || heavier > options.weightMax)) break;
      weight = heavier;
      count += 1;
    }
    waitingWeight -= weight;
    return waiting.splice(0, count);
  };

  const isEnough = (): boolean =>
    waiting.length >= (options.itemsEnough ?? options.itemsMax) ||
    waitingWeight >= options.weightMax;

  const hasWriter = (): boolean =>
    writing.size < (options.gathersWhileWriting === true && !isEnough() ? 1 : options.writersMax);

  /** Writes a batch. Resolves, whatever became of it, with what gives word to its items. */
  const write = async (batch: readonly Waiting<Item, Result>[]): Promise<() => void> => {
    try {
      const results = await options.write(batch.map(({ item }) => item));
      return () => {
        for (const [index, entry] of batch.entries()) {
          const result = results[index];
          if (result?.status === "fulfilled") entry.resolve(result.value);
          else {
            entry.reject(result?.reason ?? new Error("The batch gave no outcome for this item."));
          }
        }
      };
    } catch (error) {
      return () => {
        for (const entry of batch) entry.reject(error);
      };
    }
  };

  const flush = (): void => {
    clearImmediate(turnEnds);
    turnEnds = undefined;
    while (waiting.length > 0 && hasWriter()) {
      const batch = takeBatch();
      writing.add(batch);
      beingWritten += batch.length;
      isDue = waiting.length > 0;
      void write(batch).then((giveWord) => onWritten(batch, giveWord));
    }
    if (waiting.length === 0) {
      clearTimeout(linger);
      linger = undefined;
    }
  };

  /**
   * The next batch is on its way before the last one's items hear of it: what they do then would keep the
   * writer waiting.
   */
  const onWritten = (batch: readonly Waiting<Item, Result>[], giveWord: () => void): void => {
    writing.delete(batch);
    beingWritten -= batch.length;
    lastEndedAt = performance.now();
    if (waiting.length === 0) giveWord();
    else {
      schedule();
      setImmediate(giveWord);
    }
    if (waiting.length === 0 && writing.size === 0) for (const resolve of idle.splice(0)) resolve();
  };

  const isQuiet = (): boolean =>
    writing.size === 0 && performance.now() - lastEndedAt >= options.lingerMs;

  const expectsNobody = (): boolean =>
    waiting.length + beingWritten >= inHandPeak.get(performance.now());

  const schedule = (): void => {
    if (closed || isEnough()) {
      flush();
      return;
    }
    linger ??= setTimeout(endLinger, options.lingerMs);
    if (isDue || isQuiet() || expectsNobody()) turnEnds ??= setImmediate(flush);
  };

  const endLinger = (): void => {
    linger = undefined;
    isDue = true;
    flush();
  };

  const oldestMs = (): number => {
    const now = performance.now();
    const heads = [waiting, ...writing].map((entries) => entries[0]?.addedAt ?? now);
    return now - Math.min(...heads);
  };

  /** Rejects items whose time is up. Whatever a writer still makes of them, nobody hears it. */
  const rejectOverdue = (answerMsMax: number): void => {
    overdue = undefined;
    const addedBefore = performance.now() - answerMsMax;
    for (const batch of writing) {
      for (const { addedAt, reject } of batch) {
        if (addedAt <= addedBefore) reject(new BatcherOverdueError(answerMsMax, true));
      }
    }
    while (waiting[0] !== undefined && waiting[0].addedAt <= addedBefore) {
      waitingWeight -= waiting[0].weight;
      waiting.shift()?.reject(new BatcherOverdueError(answerMsMax, false));
    }
    if (waiting.length > 0 || writing.size > 0) watchOverdue();
  };

  const watchOverdue = (): void => {
    const { answerMsMax } = options;
    if (answerMsMax === undefined) return;
    // Looked at in steps, so that one timer serves all and a slow batch is not looked at all the time.
    overdue ??= setTimeout(rejectOverdue, answerMsMax / 4, answerMsMax).unref();
  };

  const add = (item: Item): Promise<Result> =>
    new Promise((resolve, reject) => {
      if (closed) {
        reject(new BatcherClosedError("The batcher is closed: this process is stopping."));
        return;
      }
      if (waiting.length >= options.waitingMax) {
        reject(
          new BatcherFullError(
            `Expected at most ${options.waitingMax} waiting items; got one more.`,
          ),
        );
        return;
      }
      const weight = options.weigh(item);
      waiting.push({ item, weight, addedAt: performance.now(), resolve, reject });
      watchOverdue();
      waitingWeight += weight;
      isDue ||= options.isUrgent?.(item) ?? false;
      inHandPeak.see(waiting.length + beingWritten, performance.now());
      schedule();
    });

  return {
    add,
    oldestMs,
    async close() {
      closed = true;
      flush();
      if (waiting.length > 0 || writing.size > 0) {
        await new Promise<void>((resolve) => idle.push(resolve));
      }
      clearTimeout(overdue);
    },
  };
}
