// Makes the problem that an error is answered with. What the client did wrong is said in words. Of a failure here the
// client learns only that there was one, and what to do about it.

import { batcherProblem } from "./batcher-problem.ts";
import { classifyFailure } from "./classify-failure.ts";
import { Refused } from "../../db/refused.ts";
import { Problem } from "./problem.ts";
import { problemOfRefusal } from "./problem-of-refusal.ts";
import { AdvisedError } from "./advised-error.ts";
import type { ProblemKind } from "../../contract/problem.ts";

/** What of a request says whether it may be repeated. */
export type FailedRequest = { readonly method: string; readonly hasIdempotencyKey: boolean };

/** How soon a client may come back, in seconds. */
const retryAfterSeconds = 2;

/** The problem of an error. A failed request may have had its effect, unless its advice knows better. */
export function problemOf(error: unknown, request: FailedRequest): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Refused) return problemOfRefusal(error.refusal);
  if (error instanceof AdvisedError) return failureProblem(error.cause, error.advice);
  const ofBatcher = batcherProblem(error);
  if (ofBatcher !== undefined) return ofBatcher;
  return failureProblem(error, adviceFor(request));
}

function failureProblem(error: unknown, advice: string): Problem {
  const failure = classifyFailure(error);
  switch (failure.kind) {
    case "refused":
      return refusalProblem(error, failure.status);
    case "unfit-value":
      return new Problem(
        "validation-failed",
        "Expected values that can be stored; one of this request's is out of range, too long, or holds characters that can't be. Change it, and send the request again.",
      );
    case "away":
      return new Problem(
        "unavailable",
        `The service can't do its work just now: its database or its queue store does not do its own. ${advice}`,
        { headers: { "Retry-After": `${retryAfterSeconds}` } },
      );
    case "bug":
      return new Problem(
        "internal-error",
        `An unexpected error happened here and was logged. ${advice}`,
      );
  }
}

function adviceFor({ method, hasIdempotencyKey }: FailedRequest): string {
  if (["GET", "HEAD", "OPTIONS"].includes(method)) return "Send the same request again shortly.";
  return hasIdempotencyKey
    ? "What was asked for may have been done. Send the same again shortly: it is not done twice."
    : "What was asked for may have been done. Look whether it was before you send it again.";
}

/** The kinds and words of refusals by their status alone; any other is a request that could not be read. */
const byStatus: Readonly<Record<number, readonly [ProblemKind, string]>> = {
  403: ["permission-denied", "Expected another address: this one is not served to anybody."],
  404: ["not-found", "There is nothing at this address."],
  405: ["method-not-allowed", "Expected another method for this address."],
  408: ["timeout", "Expected the whole request in time; it took too long."],
  412: ["precondition-failed", "The file is not in the version that the request asks for."],
  413: ["too-large", "Expected a smaller request."],
  415: ["unsupported-media-type", "Expected a body of another type or encoding."],
  416: ["range-not-satisfiable", "Expected a range within the file."],
  429: ["too-many-requests", "Expected fewer requests. Send it again later."],
};

const unreadable = [
  "invalid-request",
  "The request's address or body could not be decoded.",
] as const;

function refusalProblem(error: unknown, status: number): Problem {
  const [kind, detail] = byStatus[status] ?? unreadable;
  const from = typeof error === "object" && error !== null ? error : {};
  return new Problem(kind, detail, { headers: textHeaders(Reflect.get(from, "headers")) });
}

/** The headers that a middleware gives its refusal, such as the length of the file whose range was missed. */
function textHeaders(headers: unknown): Record<string, string> {
  const entries = Object.entries(typeof headers === "object" && headers !== null ? headers : {});
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}
