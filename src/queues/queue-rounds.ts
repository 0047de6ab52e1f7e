// Looks into the queue store for all workers of this process at once. Otherwise each worker would look by itself, for jobs
// whose notification it missed and for jobs whose worker died: some ten commands a second while nothing is to do.

import { asError } from "../flow/as-error.ts";
import { settlesInTime } from "../flow/deadline.ts";
import { untilNext } from "../flow/until-next.ts";
import { jobLock } from "./backend.ts";

/** How long a look may take, in milliseconds. Then the workers look by themselves. */
const lookMs = 1_500;

/**
 * What BullMQ is told about the pause between two looks for stalled jobs, in milliseconds. It leaves out a look that comes
 * earlier, and a timer may be a little early.
 */
const stalledInterval = jobLock.stalledInterval - 200;

/** The settings of BullMQ's workers whose stalled jobs the rounds find. */
export const foundByRounds = { ...jobLock, stalledInterval, skipStalledCheck: true } as const;

/** What a look found in one queue. */
export type QueueLook = {
  readonly queue: string;
  /** Whether a job waits, or is due. Left out if the workers need not be woken. */
  readonly isReady?: boolean;
  /** Whether a job is at work, or is marked as one that was. */
  readonly mayHaveStalled: boolean;
};

/** A worker, as the rounds see it. */
export type WatchedWorker = {
  readonly queue: string;
  /** Whether it has been closed. Then it is left out. */
  readonly isClosed: () => boolean;
  /** Lets it look for a job. Called if one waits, or is due. */
  readonly wake?: () => void;
  /** Looks for jobs whose worker died. Called if there may be some, and in some rounds anyway. */
  readonly findStalled: () => Promise<unknown>;
  /** Called if that fails, unless the worker has been closed. */
  readonly onError: (error: Error) => void;
};

/** The rounds of one process. */
export type QueueRounds = {
  /** Adds a worker. The rounds begin with the first, and end when the last is closed. */
  add(worker: WatchedWorker): void;
};

/**
 * Creates rounds that begin when a worker is added. If a look fails or is late, every worker looks by itself, over its own
 * connection: nothing is found later because another worker's connection is dead. If a look may see an old state, every
 * worker also looks for stalled jobs in every `ownSearchEvery`th round, whatever the look says.
 */
export function createQueueRounds(
  look: (queues: readonly string[]) => Promise<readonly QueueLook[]>,
  ownSearchEvery = Infinity,
): QueueRounds {
  const workers = new Set<WatchedWorker>();
  const searching = new Set<WatchedWorker>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<readonly QueueLook[] | undefined> | undefined;
  let count = 0;

  /** What a look sees; undefined if it fails, is late, or the one before has not ended. */
  const lookInTime = async (): Promise<readonly QueueLook[] | undefined> => {
    if (looking !== undefined) return undefined;
    const queues = [...new Set([...workers].map(({ queue }) => queue))];
    // If the store is away, the workers report it themselves.
    const current = look(queues).catch(() => undefined);
    looking = current;
    void current.finally(() => (looking = undefined));
    return (await settlesInTime(current, lookMs)) ? current : undefined;
  };
  const findStalled = async (worker: WatchedWorker): Promise<void> => {
    if (searching.has(worker)) return;
    searching.add(worker);
    try {
      await worker.findStalled();
    } catch (error) {
      if (!worker.isClosed()) worker.onError(asError(error));
    } finally {
      searching.delete(worker);
    }
  };
  const round = async (): Promise<void> => {
    for (const worker of workers) if (worker.isClosed()) workers.delete(worker);
    if (workers.size === 0) return;
    count += 1;
    const mustSearch = count % ownSearchEvery === 0;
    const looks = await lookInTime();
    for (const worker of workers) {
      const seen = looks?.find(({ queue }) => queue === worker.queue);
      if (worker.isClosed()) continue;
      if (seen?.isReady ?? looks === undefined) worker.wake?.();
      if (mustSearch || (seen?.mayHaveStalled ?? true)) void findStalled(worker);
    }
  };
  const roundLater = (): void => {
    timer = setTimeout(() => {
      void round().finally(() => {
        timer = undefined;
        if (workers.size > 0) roundLater();
      });
    }, untilNext(jobLock.stalledInterval)).unref();
  };

  return {
    add(worker) {
      workers.add(worker);
      if (timer === undefined) roundLater();
    },
  };
}
