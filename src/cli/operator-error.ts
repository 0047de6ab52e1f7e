// Errors that an operator can correct: a wrong option, an unreadable file, a service that does not answer.

/** The message says what was expected, what came and what to do. It is printed without a stack. */
export class OperatorError extends Error {
  override readonly name = "OperatorError";
}

/** One error for several problems, so that the operator can correct all of them before the next try. */
export function operatorErrorOf(problems: readonly string[], advice: string): OperatorError {
  const list = problems.map((problem) => `  - ${problem}`).join("\n");
  return new OperatorError(`Can't start yet:\n${list}\n${advice}`);
}
