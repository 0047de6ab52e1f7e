// Bounds how much work goes on at once. Some more work waits for its turn. What comes beyond that is refused right
// away: it costs least to refuse work that has not begun.

/** How much work is let in. */
export type AdmissionOptions = {
  /** The weight of all work that goes on at once. A heavier single piece goes alone. */
  readonly weightMax: number;
  /** How many pieces of work wait for their turn at most. */
  readonly waitingMax: number;
  /** How long a piece of work waits for its turn at most, in milliseconds. */
  readonly waitMsMax: number;
  /** What work beyond that is refused with. */
  readonly refusal: () => Error;
};

/** Settles as the work does once it was let in; rejects with the refusal if it is not. */
export type Admit = <T>(weight: number, work: () => Promise<T>) => Promise<T>;

type Waiting = { readonly weight: number; readonly letIn: () => void };

/** Creates an admission that nothing has passed yet. */
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
        // Lighter work behind it may have room.
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
