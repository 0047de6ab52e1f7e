// How the database's operations refuse a request: they throw, so that the transaction rolls back whole.

import type { Refusal } from "../domain/refusal.ts";

/** A request was refused, and nothing of it was stored. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`The change was refused: ${refusal.kind}.`);
    this.refusal = refusal;
  }
}
