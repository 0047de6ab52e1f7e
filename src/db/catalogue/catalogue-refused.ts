// Why an edit of the catalogue is refused. Thrown, so that the transaction in which it is found out rolls back.

/** What is wrong with one field; `pointer` is a JSON pointer into what was sent. */
export type Fault = { readonly pointer: string; readonly detail: string };

/** A refusal: its kind, in the words of the API's problems, and what somebody needs to know to do better. */
export type CatalogueRefusal = {
  readonly kind:
    | "not-found"
    | "stale-version"
    | "validation-failed"
    | "conflict"
    | "stale-count"
    | "below-zero";
  readonly detail: string;
  readonly errors?: readonly Fault[];
  readonly extra?: Readonly<Record<string, unknown>>;
};

/** A refused edit of the catalogue. */
export class CatalogueRefusedError extends Error {
  override readonly name = "CatalogueRefusedError";
  readonly refusal: CatalogueRefusal;

  constructor(refusal: CatalogueRefusal) {
    super(refusal.detail);
    this.refusal = refusal;
  }
}

/** Throws the refusal of everything that is wrong with an edit; returns where nothing is. */
export function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const count = faults.length === 1 ? "1 thing is" : `${faults.length} things are`;
  throw new CatalogueRefusedError({
    kind: "validation-failed",
    detail: `${count} wrong with the request's body; see errors.`,
    errors: faults.slice(0, 100),
  });
}
