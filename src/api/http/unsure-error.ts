// A failure in the midst of a request that knows better than the general words what its client should do.

import { batcherProblem } from "./batcher-problem.ts";
import { Problem } from "./problem.ts";

/** Nobody knows whether the request had its effect. `advice` says what to do, in a sentence or two. */
export class UnsureError extends Error {
  override readonly name = "UnsureError";
  readonly advice: string;

  constructor(cause: unknown, advice: string) {
    super("The request failed; it may have had its effect.", { cause });
    this.advice = advice;
  }
}

/** What to throw in place of an error: a refusal as it is, for it is sure; any other with advice. */
export function unsureOf(error: unknown, advice: string): unknown {
  if (error instanceof Problem) return error;
  return batcherProblem(error) ?? new UnsureError(error, advice);
}
