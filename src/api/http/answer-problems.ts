// The one place where errors become answers. What the client did wrong is told; what went wrong here is
// logged, and told only as such.

import type { ErrorRequestHandler } from "express";
import type { Logger } from "pino";
import { batcherProblem } from "./batcher-problem.ts";
import { addPlainHeaders } from "./plain-headers.ts";
import { Problem } from "./problem.ts";
import { endUnreadBody } from "./unread-body.ts";

/** The error handler of the whole app. */
export function answerProblems(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = problemOf(error);
    if (problem.status >= 500) log.error({ err: error, path: request.path }, "request failed");
    addPlainHeaders(response);
    endUnreadBody(request, response);
    response
      .status(problem.status)
      .set(problem.headers)
      .type("application/problem+json")
      .send(JSON.stringify(problem));
  };
}

/** Errors of Express's own parsers carry a `type`; each has its problem. */
const parserProblems: Readonly<Record<string, () => Problem>> = {
  "entity.too.large": () =>
    new Problem(
      "too-large",
      "Expected a body of at most 1 MB; this one is larger. Send it in parts.",
    ),
  "entity.parse.failed": () =>
    new Problem(
      "invalid-request",
      "Expected a body that is valid JSON; this one could not be read.",
    ),
  "encoding.unsupported": () =>
    new Problem("unsupported-media-type", "Expected gzip, deflate, br or no content encoding."),
  "charset.unsupported": () => new Problem("unsupported-media-type", "Expected UTF-8."),
  "request.aborted": () => new Problem("invalid-request", "The request ended before its body did."),
  "request.size.invalid": () =>
    new Problem("invalid-request", "The body is not as long as its Content-Length says."),
};

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const ofBatcher = batcherProblem(error);
  if (ofBatcher !== undefined) return ofBatcher;
  const type = propertyOf(error, "type");
  const known = typeof type === "string" ? parserProblems[type] : undefined;
  if (known !== undefined) return known();
  if (error instanceof URIError || propertyOf(error, "status") === 400) {
    return new Problem("invalid-request", "The request's address or body could not be decoded.");
  }
  if (isDatabaseAway(error)) {
    return new Problem(
      "unavailable",
      "The database does not answer just now; nothing was stored. Send the same request again shortly.",
      { headers: { "Retry-After": "2" } },
    );
  }
  return new Problem(
    "internal-error",
    "An unexpected error happened here and was logged. Nothing of this request was stored.",
  );
}

/** Connection failures and shutdowns of PostgreSQL, as node and as the server name them. */
const awayCodes = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|08|57P0|53300|25P03)/;
const awayMessages =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/;

function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = propertyOf(error, "code");
  if (typeof code === "string" && awayCodes.test(code)) return true;
  return awayMessages.test(error.message) || isDatabaseAway(error.cause);
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}
