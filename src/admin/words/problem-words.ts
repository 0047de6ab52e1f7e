// The texts of problems for a store manager. The API writes for programmers, about requests, headers, fields and
// paths. A manager reads a text of the app's own: that of the rule that refused it, else that of the problem's kind.

import type { ProblemCode, ProblemKind } from "../../contract/problem.ts";
import { permissions } from "../../domain/access/permissions.ts";
import { permissionWords } from "../settings/permission-words.ts";
import { type ProblemWords, problems as text } from "./en/problems.ts";
import { refusals } from "./en/refusals.ts";
import { type FieldFault, fieldWords } from "./field-words.ts";
import { type Facts, factsSchema } from "./problem-facts.ts";

const isKind = (kind: string): kind is ProblemKind => Object.hasOwn(text.kinds, kind);

/** Whether the app has texts for this code of a rule. */
const isCode = (code: unknown): code is ProblemCode =>
  typeof code === "string" && Object.hasOwn(refusals, code);

/** A problem as the API replied with it. */
export type ToldProblem = {
  /** The last part of its type. */
  readonly kind: string;
  readonly detail: string;
  readonly errors: readonly FieldFault[];
  /** Its other members: the code of the rule, and the facts. */
  readonly extra: Readonly<Record<string, unknown>>;
};

/** Returns the texts of a problem: those of the problem itself, and the sentence of each of its faults. */
export function wordsOf(problem: ToldProblem): ProblemWords & { fields: readonly string[] } {
  const { kind, errors, extra } = problem;
  const facts = factsSchema.parse(extra);
  const ofKind = isKind(kind) ? text.kinds[kind] : text.unknownKind;
  const code = extra["code"];
  const ofCode = isCode(code) ? refusals[code](facts, ofKind) : {};
  const missing = kind === "permission-denied" ? missingPermission(problem.detail) : {};
  const wait = kind === "too-many-requests" ? knownWait(facts) : {};
  return {
    ...ofKind,
    ...missing,
    ...wait,
    ...ofCode,
    fields: errors.map((error) => fieldWords(error, facts)),
  };
}

/** Says how long to wait, if the reply said it. */
function knownWait({ waitSeconds }: Facts): Partial<ProblemWords> {
  return waitSeconds === undefined ? {} : { text: text.tryAgainIn(waitSeconds) };
}

/** Names the permission that the API's sentence names by its code. */
function missingPermission(detail: string): Partial<ProblemWords> {
  const missing = permissions.find((permission) => detail.includes(permission));
  return missing === undefined ? {} : { text: text.missingPermission(permissionWords[missing]) };
}
