// What an operator can put right: a wrong option, an unreadable file, a service that is not there.

/** A failure whose message says what was expected, what came and what to do; no stack is shown for it. */
export class OperatorError extends Error {
  override readonly name = "OperatorError";
}

/** Names several problems in one error, so that all can be put right before the next try. */
export function operatorErrorOf(problems: readonly string[], advice: string): OperatorError {
  const list = problems.map((problem) => `  - ${problem}`).join("\n");
  return new OperatorError(`That can't be done yet:\n${list}\n${advice}`);
}
