// How fast full batches are written, from their sizes and the times of their ends. Batches that are not full say nothing
// about it, because they could have been larger.

/** The pace of batches. Times are in milliseconds. */
export type Pace = {
  /** Notes that a batch begins while none is being written. The rest before it does not count. */
  begin(now: number): void;
  /** Notes the end of a batch, and returns the items per millisecond; infinite if that is not known. */
  end(items: number, isFull: boolean, now: number): number;
};

/**
 * How much each batch still counts after the next one. After ten batches little is left, so that the pace after a short
 * halt of the database is soon known again.
 */
const kept = 0.8;

/** Creates a pace that knows of no batch. */
export function createPace(): Pace {
  let from = 0;
  let items = 0;
  let ms = 0;
  return {
    begin(now) {
      from = now;
    },
    end(written, isFull, now) {
      items = isFull ? items * kept + written : 0;
      ms = isFull ? ms * kept + Math.max(0, now - from) : 0;
      from = now;
      return ms > 0 ? items / ms : Number.POSITIVE_INFINITY;
    },
  };
}
