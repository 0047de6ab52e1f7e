// A new resource whose code is taken already.

import { ApiProblem } from "../http/api-problem.ts";

/**
 * Where a resource had to be new and is not, the fault is the code's. Meant for `catch` of a request with
 * `mustBeNew`; throws every other refusal as it came.
 */
export function refuseTaken(error: unknown): never {
  if (!(error instanceof ApiProblem) || error.kind !== "stale-version") throw error;
  throw new ApiProblem(409, {
    title: "The code is taken",
    detail: "Nothing was created. Choose another code.",
    errors: [{ pointer: "/code", detail: "This code is in use. Choose another one." }],
  });
}
