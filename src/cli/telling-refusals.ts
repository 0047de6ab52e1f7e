// Tells an operator why a change of access was refused.

import { Refused } from "../db/refused.ts";
import { OperatorError } from "./operator-error.ts";

/** Resolves as `work` does, with an `OperatorError` in place of `Refused`. */
export async function tellingRefusals<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof Refused ? new OperatorError(wordsFor(error)) : error;
  }
}

function wordsFor({ refusal, message }: Refused): string {
  return refusal.kind === "key-name-taken"
    ? `Expected a name that no other living key has; there is one named ${JSON.stringify(refusal.name)}. Choose another, or revoke that key first.`
    : message;
}
