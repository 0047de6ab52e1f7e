// The problem of a new resource whose code is already in use.

import { ApiProblem } from "../http/api-problem.ts";
import { forms } from "../words/en/forms.tsx";

/**
 * Reports a resource that already exists as a fault of its field `code`. Use it in the `catch` of a request with
 * `mustBeNew`. It throws every other error unchanged.
 */
export function refuseTaken(error: unknown): never {
  if (!(error instanceof ApiProblem) || error.kind !== "stale-version") throw error;
  throw new ApiProblem(409, {
    title: forms.takenCode.title,
    detail: forms.takenCode.text,
    errors: [{ pointer: "/code", detail: forms.takenCode.field }],
  });
}
