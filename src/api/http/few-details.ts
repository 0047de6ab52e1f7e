// Bounds the errors in the outcomes of a bulk request.

import { Problem } from "./problem.ts";

/** The most errors in a reply, of all its outcomes together. */
const detailsMax = 1_000;

/** The outcomes as JSON. If there are too many errors, only the first outcomes have theirs. */
export function withFewDetails(outcomes: readonly object[]): object[] {
  let left = detailsMax;
  return outcomes.map((outcome) => {
    if (!("problem" in outcome && outcome.problem instanceof Problem)) return outcome;
    const errors = outcome.problem.errors.slice(0, left);
    left -= errors.length;
    const { errors: _all, ...problem } = outcome.problem.toJSON();
    return { ...outcome, problem: errors.length > 0 ? { ...problem, errors } : problem };
  });
}
