// How a batcher refuses items, or gives up on them.

/** An item came after the batcher was closed. It will never be written. */
export class BatcherClosedError extends Error {
  override readonly name = "BatcherClosedError";
}

/** As many items wait as may. This one was refused, and will never be written. */
export class BatcherFullError extends Error {
  override readonly name = "BatcherFullError";
}

/** Whether an item's error means that it will never be written. */
export function isNeverWritten(error: unknown): boolean {
  if (error instanceof BatcherOverdueError) return !error.mayBeWritten;
  return error instanceof BatcherFullError || error instanceof BatcherClosedError;
}

/** An item got no result in time. */
export class BatcherOverdueError extends Error {
  override readonly name = "BatcherOverdueError";
  /** Whether it had been handed to a writer, who may still write it. If not, it never will be. */
  readonly mayBeWritten: boolean;

  constructor(ms: number, mayBeWritten: boolean) {
    super(`Expected a result within ${ms} ms; none came.`);
    this.mayBeWritten = mayBeWritten;
  }
}
