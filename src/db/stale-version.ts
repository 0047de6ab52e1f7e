// Somebody changed what somebody else was changing. Thrown, so that the transaction rolls back whole.

/** A change was based on a version that is no longer the current one; nothing was stored. */
export class StaleVersionError extends Error {
  override readonly name = "StaleVersionError";
  /** What is stored now, as it is shown. */
  readonly current: object;

  constructor(current: object) {
    super("The change was based on a version that is no longer the current one.");
    this.current = current;
  }
}
