// Bounds how much work runs at once. Some more work waits, and its users take turns. Work beyond that is refused at
// once, because refusing is cheapest before the work has begun: first that of the user who has most waiting.

import { createFairQueue, type Share } from "./fair-queue.ts";

/** The limits of an admission. */
export type AdmissionOptions = {
  /** The total weight of work that runs at once. A single piece that is heavier runs alone. */
  readonly weightMax: number;
  /** How many pieces of work may wait. */
  readonly waitingMax: number;
  /** How long a piece of work waits at most, in milliseconds. */
  readonly waitMsMax: number;
  /** The weight that a user may take in a turn; 1 if left out. */
  readonly turn?: number;
  /** Makes the error for work beyond these limits. */
  readonly refusal: () => Error;
};

/** Runs the work when there is room, and settles as it does. Rejects with the refusal if there is none in time. */
export type Admit = <T>(weight: number, work: () => Promise<T>, share?: Share) => Promise<T>;

type Waiting = { readonly weight: number; readonly until: number; readonly end: Ending };
type Ending = { readonly letIn: () => void; readonly refuse: () => void };

/** Creates an admission without any work. */
export function createAdmission(options: AdmissionOptions): Admit {
  const { weightMax, waitingMax, waitMsMax, turn = 1, refusal } = options;
  const waiting = createFairQueue<Waiting>({ weigh: ({ weight }) => weight, turn });
  let atWork = 0;

  const hasRoom = (weight: number): boolean => atWork === 0 || atWork + weight <= weightMax;

  const letIn = (): void => {
    for (let next = waiting.first(); next !== undefined && hasRoom(next.weight);) {
      waiting.take();
      atWork += next.weight;
      next.end.letIn();
      next = waiting.first();
    }
  };
  const refuseLate = (): void => {
    const now = performance.now();
    for (const { end } of waiting.takeWhile(({ until }) => until <= now)) end.refuse();
    // There may be room for lighter work that waited behind it.
    letIn();
  };

  const turnOf = (weight: number, share: Share | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(refuseLate, waitMsMax);
      const end = {
        letIn: () => {
          clearTimeout(late);
          resolve();
        },
        refuse: () => {
          clearTimeout(late);
          reject(refusal());
        },
      };
      // A timer may run some part of a millisecond early.
      waiting.add({ weight, until: performance.now() + waitMsMax - 1, end }, share);
    });

  return async (weight, work, share) => {
    if (waiting.size() === 0 && hasRoom(weight)) atWork += weight;
    else {
      if (waiting.size() >= waitingMax) {
        const dropped = waiting.makeRoom(weight, share);
        if (dropped === undefined) throw refusal();
        dropped.end.refuse();
      }
      await turnOf(weight, share);
    }
    try {
      return await work();
    } finally {
      atWork -= weight;
      letIn();
    }
  };
}
