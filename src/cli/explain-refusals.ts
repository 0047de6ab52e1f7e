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
  if (refusal.kind === "key-name-taken") {
    return `Expected a name that no other active key has; there is a key named ${JSON.stringify(refusal.name)}. Choose another name, or revoke that key first.`;
  }
  if (refusal.kind === "email-taken") {
    return `Expected an address that nobody has yet; somebody has ${JSON.stringify(refusal.email)}. \`npx tallyman admin reset-password\` sets a new password for them.`;
  }
  if (refusal.kind === "unknown-groups") {
    const codes = refusal.codes.map((code) => JSON.stringify(code)).join(", ");
    return `Expected codes of groups, as GET /admin-groups lists them; the store has no ${codes}.`;
  }
  return message;
}
