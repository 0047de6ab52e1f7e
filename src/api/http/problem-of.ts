// Turns any error into a problem. A client's mistake is described. Of a failure of the service the client only learns
// that there was one, and what to do about it.

import { batcherProblem } from "./batcher-problem.ts";
import { classifyFailure } from "./classify-failure.ts";
import { Refused } from "../../db/refused.ts";
import { Problem } from "./problem.ts";
import { problemOfRefusal } from "./problem-of-refusal.ts";
import { AdvisedError } from "./advised-error.ts";
import type { ProblemKind } from "../../contract/problem.ts";

/** The parts of a failed request that decide whether a client may safely repeat it. */
export type FailedRequest = { readonly method: string; readonly hasIdempotencyKey: boolean };

/** When a client may send its request again, in seconds. */
const retryAfterSeconds = 2;

/** The problem of an error. It says that the request may have had its effect, unless the error has other advice. */
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
        `The service can't do its work just now: its database or its queue store is unavailable. ${advice}`,
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

/** The kind and detail of a middleware's refusal, by its status; any other status means an unreadable request. */
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

/** The headers of a middleware's refusal, such as the length of a file after an unsatisfiable range. */
function textHeaders(headers: unknown): Record<string, string> {
  const entries = Object.entries(typeof headers === "object" && headers !== null ? headers : {});
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}
