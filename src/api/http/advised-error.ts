// A failure with advice for the client that says more than the general advice.

import { Refused } from "../../db/refused.ts";
import { batcherProblem } from "./batcher-problem.ts";
import { Problem } from "./problem.ts";

/** The failure of its cause. `advice` says whether the request may have had its effect, and what to do. */
export class AdvisedError extends Error {
  override readonly name = "AdvisedError";
  readonly advice: string;

  constructor(cause: unknown, advice: string) {
    super("The request failed.", { cause });
    this.advice = advice;
  }
}

/** What to throw in place of an error: one that says by itself what to do as it is, any other with advice. */
export function withAdvice(error: unknown, advice: string): unknown {
  const saysWhy = error instanceof Problem || error instanceof Refused;
  if (saysWhy || error instanceof AdvisedError) return error;
  return batcherProblem(error) !== undefined ? error : new AdvisedError(error, advice);
}
