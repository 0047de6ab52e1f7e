// The one place where errors become answers. What the client did wrong is told; what went wrong here is
// logged, and told only as such.

import type { ErrorRequestHandler } from "express";
import type { Logger } from "pino";
import { createThrottledLog } from "../../flow/throttled-log.ts";
import { logRefusal } from "../auth/access-log.ts";
import { classifyFailure } from "./classify-failure.ts";
import { addPlainHeaders } from "./plain-headers.ts";
import { asError } from "../../flow/as-error.ts";
import { codeOf } from "./error-code.ts";
import { Problem } from "./problem.ts";
import { endUnreadBody } from "./unread-body.ts";
import { problemOf } from "./problem-of.ts";
import { AdvisedError } from "./advised-error.ts";

/** The error handler of the whole app. */
export function answerProblems(log: Logger): ErrorRequestHandler {
  const tell = createTeller(log);
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = problemOf(error, {
      method: request.method,
      hasIdempotencyKey: request.get("idempotency-key") !== undefined,
    });
    tell(error instanceof AdvisedError ? error.cause : error, problem, request.path);
    if (problem.status === 403) logRefusal(log, request, response, problem.kind);
    addPlainHeaders(response);
    endUnreadBody(request, response);
    response
      .status(problem.status)
      .set(problem.headers)
      .type("application/problem+json")
      .send(JSON.stringify(problem));
  };
}

/**
 * Logs what went wrong here, and nothing of what a client did wrong. An absence makes thousands of equal errors, of
 * which the log gets one and then their number.
 */
function createTeller(log: Logger) {
  const tellAbsence = createThrottledLog(log, "requests failed: a store that they need is away");
  return (failure: unknown, problem: Problem, path: string): void => {
    if (failure instanceof Problem) return;
    if (problem.kind === "unavailable") tellAbsence(asError(failure));
    else if (problem.status >= 500) log.error({ err: asError(failure), path }, "request failed");
    else if (isUnfitValue(failure)) {
      log.warn({ path, code: codeOf(failure) }, "the database refused a value that no check had");
    }
  };
}

function isUnfitValue(error: unknown): boolean {
  return classifyFailure(error).kind === "unfit-value";
}
