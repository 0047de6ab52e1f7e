// Explains to an operator why a change of groups, people or keys was refused.

import { Refused } from "../db/refused.ts";
import { OperatorError } from "./operator-error.ts";

/** Resolves as `work` does. Rejects with an `OperatorError` in place of `Refused`. */
export async function explainRefusals<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof Refused ? new OperatorError(explain(error)) : error;
  }
}

function explain({ refusal, message }: Refused): string {
  return refusal.kind === "key-name-taken"
    ? `Expected a name that no other active key has; there is a key named ${JSON.stringify(refusal.name)}. Choose another name, or revoke that key first.`
    : message;
}
