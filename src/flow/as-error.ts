// JavaScript can throw any value; logs and stored failures need an error.

/** The thrown value, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
