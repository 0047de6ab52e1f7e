// Group commit: gathers single items into batches, hands each batch to one writer, and gives word to each
// item only once its batch is written. It knows nothing of orders.

import { createRecentPeak } from "./recent-peak.ts";

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
  /** How many items may wait, beyond those being written, before `add` waits itself. */
  readonly waitingMax: number;
  /**
   * Writes a batch and returns an outcome for each item, in order. An item's failure is its own outcome;
   * a rejection fails the whole batch.
   */
  readonly write: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>;
};

/** Gathers items into batches. */
export type Batcher<Item, Result> = {
  /** Resolves with the item's result once its batch is written; rejects where that failed. */
  add(item: Item): Promise<Result>;
  /** Writes what has gathered and resolves when nothing is left. Items added later are refused. */
  close(): Promise<void>;
};

/** For how long, at least, as many items as were in hand at once are expected again. */
const expectedForMs = 500;

/** An item came after the batcher was closed. */
export class BatcherClosedError extends Error {
  override readonly name = "BatcherClosedError";
}

type Waiting<Item, Result> = {
  readonly item: Item;
  readonly weight: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
};

/** Creates a batcher. */
export function createBatcher<Item, Result>(
  options: BatcherOptions<Item, Result>,
): Batcher<Item, Result> {
  const waiting: Waiting<Item, Result>[] = [];
  const held: (() => void)[] = [];
  const idle: (() => void)[] = [];
  let waitingWeight = 0;
  let writers = 0;
  let beingWritten = 0;
  const inHandPeak = createRecentPeak(expectedForMs);
  let lastEndedAt = Number.NEGATIVE_INFINITY;
  let closed = false;
  let linger: NodeJS.Timeout | undefined;
  /** Whether somebody waits who has lingered already or is urgent: only a writer is waited for now. */
  let isDue = false;
  let turnEnds: NodeJS.Immediate | undefined;

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
    writers < (options.gathersWhileWriting === true && !isEnough() ? 1 : options.writersMax);

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
      writers += 1;
      beingWritten += batch.length;
      isDue = waiting.length > 0;
      void write(batch).then((giveWord) => onWritten(batch.length, giveWord));
    }
    if (waiting.length === 0) {
      clearTimeout(linger);
      linger = undefined;
    }
    release();
  };

  /**
   * The next batch is on its way before the last one's items hear of it: what they do then would keep the
   * writer waiting.
   */
  const onWritten = (count: number, giveWord: () => void): void => {
    writers -= 1;
    beingWritten -= count;
    lastEndedAt = performance.now();
    release();
    if (waiting.length === 0) giveWord();
    else {
      schedule();
      setImmediate(giveWord);
    }
    if (waiting.length === 0 && writers === 0) for (const resolve of idle.splice(0)) resolve();
  };

  /** Lets in those whom back-pressure held, as far as there is room. */
  const release = (): void => {
    const room = options.waitingMax - waiting.length;
    for (const letIn of held.splice(0, Math.max(0, room))) letIn();
  };

  const isQuiet = (): boolean =>
    writers === 0 && performance.now() - lastEndedAt >= options.lingerMs;

  const expectsNobody = (): boolean => waiting.length + beingWritten >= inHandPeak.get();

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

  const isFull = (): boolean => waiting.length >= options.waitingMax && !closed;

  const addNow = (item: Item): Promise<Result> =>
    new Promise((resolve, reject) => {
      if (closed) {
        reject(new BatcherClosedError("The batcher is closed: this process is stopping."));
        return;
      }
      const weight = options.weigh(item);
      waiting.push({ item, weight, resolve, reject });
      waitingWeight += weight;
      isDue ||= options.isUrgent?.(item) ?? false;
      inHandPeak.see(waiting.length + beingWritten);
      schedule();
    });

  const addWhenLetIn = async (item: Item): Promise<Result> => {
    while (isFull()) await new Promise<void>((letIn) => held.push(letIn));
    return addNow(item);
  };

  return {
    add: (item) => (isFull() ? addWhenLetIn(item) : addNow(item)),
    async close() {
      closed = true;
      for (const letIn of held.splice(0)) letIn();
      flush();
      if (waiting.length > 0 || writers > 0) {
        await new Promise<void>((resolve) => idle.push(resolve));
      }
    },
  };
}
