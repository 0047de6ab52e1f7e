// The code by which a driver or Node names an error.

/** The code of an error; undefined if it has none. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
