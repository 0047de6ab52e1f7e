// Adds to the refusal of a reference what is stored under it, so that its sender can compare.

import { Refused } from "../../db/refused.ts";
import { referenceTaken } from "../http/receiving-words.ts";

/** Settles as `work` does. If its reference is taken, it throws a problem with what `readStored` resolves with. */
export async function orWithCurrent<T>(
  work: Promise<T>,
  readStored: (reference: string) => Promise<unknown>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.kind !== "reference-taken") throw error;
    const { what, reference } = error.refusal;
    throw referenceTaken(what, reference, await readStored(reference));
  }
}
