// Tells an operator why a change of access was refused.

import { AccessRefusal } from "../db/access/access-refusal.ts";
import { OperatorError } from "./operator-error.ts";

/** Resolves as `work` does, with an `OperatorError` in place of an `AccessRefusal`. */
export async function tellingRefusals<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof AccessRefusal ? new OperatorError(wordsFor(error)) : error;
  }
}

function wordsFor({ reason, message }: AccessRefusal): string {
  return reason.kind === "key-name-taken"
    ? `Expected a name that no other living key has; there is one named ${JSON.stringify(reason.name)}. Choose another, or revoke that key first.`
    : message;
}
