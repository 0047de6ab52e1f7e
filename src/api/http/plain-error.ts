// An error as it may be logged: without what a library hung on it. A parser's error has the whole body, with
// whatever secret is in it.

/** The parts of an error that tell what went wrong, and those of its causes. */
export function plainError(error: unknown, depth = 0): object {
  const { name, message, stack, cause } = asError(error);
  const of = cause instanceof Error && depth < 5 ? { cause: plainError(cause, depth + 1) } : {};
  return { type: name, message, code: codeOf(error), stack, ...of };
}

/** The code by which a driver or Node names an error. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** Whatever was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
