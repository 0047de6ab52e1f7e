// Bounds how much work runs at once. Some more work waits, first come, first served. Work beyond that is refused at
// once, because refusing is cheapest before the work has begun.

/** The limits of an admission. */
export type AdmissionOptions = {
  /** The total weight of work that runs at once. A single piece that is heavier runs alone. */
  readonly weightMax: number;
  /** How many pieces of work may wait. */
  readonly waitingMax: number;
  /** How long a piece of work waits at most, in milliseconds. */
  readonly waitMsMax: number;
  /** Makes the error for work beyond these limits. */
  readonly refusal: () => Error;
};

/** Runs the work when there is room, and settles as it does. Rejects with the refusal if there is none in time. */
export type Admit = <T>(weight: number, work: () => Promise<T>) => Promise<T>;

type Waiting = { readonly weight: number; readonly letIn: () => void };

/** Creates an admission without any work. */
export function createAdmission(options: AdmissionOptions): Admit {
  const { weightMax, waitingMax, waitMsMax, refusal } = options;
  const waiting: Waiting[] = [];
  let atWork = 0;

  const hasRoom = (weight: number): boolean => atWork === 0 || atWork + weight <= weightMax;

  const letIn = (): void => {
    for (let next = waiting[0]; next !== undefined && hasRoom(next.weight); next = waiting[0]) {
      waiting.shift();
      atWork += next.weight;
      next.letIn();
    }
  };

  const turn = (weight: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        waiting.splice(waiting.indexOf(entry), 1);
        reject(refusal());
        // There may be room for lighter work that waited behind it.
        letIn();
      }, waitMsMax);
      const entry = {
        weight,
        letIn: () => {
          clearTimeout(late);
          resolve();
        },
      };
      waiting.push(entry);
    });

  return async (weight, work) => {
    if (waiting.length === 0 && hasRoom(weight)) atWork += weight;
    else {
      if (waiting.length >= waitingMax) throw refusal();
      await turn(weight);
    }
    try {
      return await work();
    } finally {
      atWork -= weight;
      letIn();
    }
  };
}
