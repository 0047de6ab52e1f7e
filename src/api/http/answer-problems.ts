// The one place where errors become replies. A client's mistake is explained to the client. A failure of the service is
// logged; the client only learns that there was one.

import type { ErrorRequestHandler } from "express";
import type { Logger } from "pino";
import { createThrottledLog } from "../../flow/throttled-log.ts";
import type { RefusalLog } from "../auth/access-log.ts";
import { classifyFailure } from "./classify-failure.ts";
import { addPlainHeaders } from "./plain-headers.ts";
import { asError } from "../../flow/as-error.ts";
import { codeOf } from "./error-code.ts";
import { Problem } from "./problem.ts";
import { endUnreadBody } from "./unread-body.ts";
import { requestIdHeader, requestIdOf } from "./request-id.ts";
import { countFailed } from "./request-times.ts";
import { problemOf } from "./problem-of.ts";
import { addRateLimit } from "./rate-limit.ts";
import { AdvisedError } from "./advised-error.ts";

/** The error handler of the whole app. */
export function answerProblems(log: Logger, logRefusal: RefusalLog): ErrorRequestHandler {
  const logFailure = createFailureLog(log);
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      countFailed(response, response.statusCode);
      next(error);
      return;
    }
    const problem = problemOf(error, {
      method: request.method,
      hasIdempotencyKey: request.get("idempotency-key") !== undefined,
    });
    countFailed(response, problem.status);
    const requestId = requestIdOf(request, response);
    const where = { path: request.path, requestId };
    logFailure(error instanceof AdvisedError ? error.cause : error, problem, where);
    logRefusal(request, response, problem);
    addPlainHeaders(response);
    endUnreadBody(request, response);
    const headers: Record<string, string> = { ...problem.headers, [requestIdHeader]: requestId };
    addRateLimit(response, headers);
    response
      .status(problem.status)
      .set(headers)
      .type("application/problem+json")
      .send(JSON.stringify({ ...problem.toJSON(), requestId }));
  };
}

/**
 * Logs failures of the service, not mistakes of clients. While a database or queue store is unreachable, thousands of
 * equal errors occur, so they are logged by a throttled log.
 */
function createFailureLog(log: Logger) {
  const logUnavailable = createThrottledLog(log, "requests failed: a store is unavailable");
  return (
    failure: unknown,
    problem: Problem,
    where: { readonly path: string; readonly requestId: string },
  ): void => {
    if (failure instanceof Problem) return;
    if (problem.kind === "unavailable") logUnavailable(asError(failure));
    else if (problem.status >= 500)
      log.error({ err: asError(failure), ...where }, "request failed");
    else if (isUnfitValue(failure)) {
      log.warn(
        { ...where, code: codeOf(failure) },
        "the database refused a value that passed validation",
      );
    }
  };
}

function isUnfitValue(error: unknown): boolean {
  return classifyFailure(error).kind === "unfit-value";
}
