// A failure with advice for the client that is more exact than the general advice of `problem-of.ts`.

import { Refused } from "../../db/refused.ts";
import { batcherProblem } from "./batcher-problem.ts";
import { Problem } from "./problem.ts";

/** Wraps an error. `advice` says whether the request may have had its effect, and what to do. */
export class AdvisedError extends Error {
  override readonly name = "AdvisedError";
  readonly advice: string;

  constructor(cause: unknown, advice: string) {
    super("The request failed.", { cause });
    this.advice = advice;
  }
}

/** Adds advice to an error. Returns errors that have their own advice unchanged. */
export function withAdvice(error: unknown, advice: string): unknown {
  const saysWhy = error instanceof Problem || error instanceof Refused;
  if (saysWhy || error instanceof AdvisedError) return error;
  return batcherProblem(error) !== undefined ? error : new AdvisedError(error, advice);
}
