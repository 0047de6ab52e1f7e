// The errors of items that a batcher refused, or did not write in time.

/** An item came after the batcher was closed. It will never be written. */
export class BatcherClosedError extends Error {
  override readonly name = "BatcherClosedError";
}

/** The queue of waiting items is full. This item was refused and will never be written. */
export class BatcherFullError extends Error {
  override readonly name = "BatcherFullError";
  /** How long the waiting items take at the present pace, in milliseconds. */
  readonly waitMs: number;

  constructor(message: string, waitMs = 0) {
    super(message);
    this.waitMs = waitMs;
  }
}

/** Whether an item's error means that it will never be written. */
export function isNeverWritten(error: unknown): boolean {
  if (error instanceof BatcherOverdueError) return !error.mayBeWritten;
  return error instanceof BatcherFullError || error instanceof BatcherClosedError;
}

/** An item got no result in time. */
export class BatcherOverdueError extends Error {
  override readonly name = "BatcherOverdueError";
  /** Whether a writer had the item already, and may still write it. If not, it will never be written. */
  readonly mayBeWritten: boolean;

  constructor(ms: number, mayBeWritten: boolean) {
    super(`Expected a result within ${ms} ms; none came.`);
    this.mayBeWritten = mayBeWritten;
  }
}
