// The id of a request: the client's own, or a new one. It is in the answer, in problems and in log lines, so that a
// client's report can be found in the log.

import { randomUUID } from "node:crypto";
import type { Request, Response } from "express";

/** The header that carries it, in requests and in answers. */
export const requestIdHeader = "X-Request-Id";

/** Visible ASCII characters, as many as the ids of other systems have. */
const usable = /^[!-~]{1,128}$/;

/** The id that the client sent, if it can be used. */
export function sentRequestId(header: string | undefined): string | null {
  return header !== undefined && usable.test(header) ? header : null;
}

/**
 * The id of a request, the same at each call. A client's id of 1 to 128 visible ASCII characters is kept; any other is
 * replaced by a new UUID.
 */
export function requestIdOf(request: Request, response: Response): string {
  const known: unknown = response.locals["requestId"];
  if (typeof known === "string") return known;
  const sent = request.headers["x-request-id"];
  const id = sentRequestId(typeof sent === "string" ? sent : undefined) ?? randomUUID();
  response.locals["requestId"] = id;
  return id;
}
