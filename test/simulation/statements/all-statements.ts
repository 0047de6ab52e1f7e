// Finds the model's statement for a text that the program sends.

import { changeStatements } from "./change.ts";
import { decideStatements } from "./decide.ts";
import { intakeStatements } from "./intake.ts";
import type { Statement } from "./statement.ts";
import { sweepStatements } from "./sweep.ts";

const statements = [
  ...intakeStatements,
  ...decideStatements,
  ...changeStatements,
  ...sweepStatements,
];

const known = new Map<string, Statement | null>();

/** The statement of a text, or null if the model does not know it. */
export function statementOf(text: string): Statement | null {
  const found = known.get(text);
  if (found !== undefined) return found;
  const statement = statements.find(({ part }) => text.includes(part)) ?? null;
  known.set(text, statement);
  return statement;
}
