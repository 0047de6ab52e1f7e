// Limits guesses of passwords: few failures for each address and account, more for each address. The address is the
// connection's, or the one that trusted proxies report (TRUST_PROXY), never the client's own claim.

import { hash } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { rateLimit } from "express-rate-limit";
import { originOf } from "../http/origin-of.ts";
import { Problem } from "../http/problem.ts";

const windowMinutes = 15;
const failuresPerAccountMax = 20;
const failuresPerAddressMax = 200;
/** Enough for a shop behind one address, and too few to try a list of addresses. */
const linksPerAddressMax = 20;

/** The limits of one process, in the order in which they are checked. */
export type LoginLimits = {
  /** Use it before the body is read. */
  readonly perAddress: RequestHandler;
  /** Use it after `setAttemptedAccount`, and before the password is checked. */
  readonly perAccount: RequestHandler;
  /** Use it before the body of a request for a link is read. Each request counts. */
  readonly links: RequestHandler;
};

/**
 * Returns the account that an email names. The look-up of the account must use this, too: PostgreSQL and JavaScript
 * convert some letters differently, and such an email would get extra guesses.
 */
export function accountNamed(email: string): string {
  return email.trim().toLowerCase();
}

/** Sets the account of an attempt, for the limit that runs next. */
export function setAttemptedAccount(response: Response, email: string): void {
  response.locals["account"] = accountNamed(email);
}

/**
 * Creates the limits. An attempt counts from its start, so that concurrent attempts give no extra guesses. It is
 * uncounted if the status is below 400, or 503, because then no password was checked. Above a limit, the request
 * fails with a 429 problem and `Retry-After`.
 */
export function createLoginLimits(): LoginLimits {
  return {
    perAddress: limitFailures(failuresPerAddressMax, (request) => originOf(request)),
    perAccount: limitFailures(failuresPerAccountMax, (request, response) => {
      const account: unknown = response.locals["account"];
      const digest = hash("sha256", String(account), "base64url");
      return `${originOf(request)} ${digest}`;
    }),
    links: rateLimit({
      windowMs: windowMinutes * 60_000,
      limit: linksPerAddressMax,
      keyGenerator: (request) => originOf(request),
      ...headers,
      handler: refuseWith("Too many requests for a link came from your network."),
    }),
  };
}

const headers = {
  standardHeaders: "draft-8",
  legacyHeaders: false,
  validate: { keyGeneratorIpFallback: false },
} as const;

/** Answers 429. The limiter has already set Retry-After on the response. */
const refuseWith =
  (why: string): RequestHandler =>
  (_request, _response, next) => {
    const wait = `Wait up to ${windowMinutes} minutes, then try again.`;
    next(new Problem("too-many-requests", `${why} ${wait}`));
  };

function limitFailures(
  limit: number,
  keyGenerator: (request: Request, response: Response) => string,
): RequestHandler {
  return rateLimit({
    windowMs: windowMinutes * 60_000,
    limit,
    keyGenerator,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_request, { statusCode }) => statusCode < 400 || statusCode === 503,
    ...headers,
    handler: refuseWith("Too many failed logins."),
  });
}
