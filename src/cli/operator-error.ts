// Errors that an operator can correct: a wrong option, an unreadable file, a service that does not answer.

/** The message says what was expected, what came and what to do. It is printed without a stack. */
export class OperatorError extends Error {
  override readonly name: string = "OperatorError";
}

/** What was typed can't be used: an argument or an option. */
export class UsageError extends OperatorError {
  override readonly name = "UsageError";
}

/** One error for several problems, so that the operator can correct all of them before the next try. */
export function operatorErrorOf(problems: readonly string[], advice: string): OperatorError {
  return new OperatorError(listOf(problems, advice));
}

/** The same for problems of what was typed. */
export function usageErrorOf(problems: readonly string[], advice: string): UsageError {
  return new UsageError(listOf(problems, advice));
}

function listOf(problems: readonly string[], advice: string): string {
  const list = problems.map((problem) => `  - ${problem}`).join("\n");
  return `Can't start yet:\n${list}\n${advice}`;
}
