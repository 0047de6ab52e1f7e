// Slows down whoever guesses passwords: few failures per address and account, more per address alone. The
// address is the connection's, or what the trusted proxies say (TRUST_PROXY), never what a client says.

import { hash } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { Problem } from "../http/problem.ts";

const windowMinutes = 15;
const failuresPerAccountMax = 20;
const failuresPerAddressMax = 200;

/** The limits of one process, in the order in which an attempt passes them. */
export type LoginLimits = {
  /** To be put before the body is read. */
  readonly perAddress: RequestHandler;
  /** To be put after `setAttemptedAccount`, and before the password is checked. */
  readonly perAccount: RequestHandler;
};

/**
 * The account that an address means. Who looks the account up must use this, too: PostgreSQL and JavaScript
 * don't agree on all small letters, and an address that they read differently would have guesses of its own.
 */
export function accountNamed(email: string): string {
  return email.trim().toLowerCase();
}

/** Names the account that an attempt is about, for the limit that runs after it. */
export function setAttemptedAccount(response: Response, email: string): void {
  response.locals["account"] = accountNamed(email);
}

/**
 * Creates the limits. An attempt counts from when it begins, so that many at once are not many chances. It is
 * taken back if it is answered with less than 400, or with 503: then no password was checked. Beyond a limit the
 * request fails with a 429 problem and `Retry-After`.
 */
export function createLoginLimits(): LoginLimits {
  return {
    perAddress: limitFailures(failuresPerAddressMax, (request) => addressOf(request)),
    perAccount: limitFailures(failuresPerAccountMax, (request, response) => {
      const account: unknown = response.locals["account"];
      const digest = hash("sha256", String(account), "base64url");
      return `${addressOf(request)} ${digest}`;
    }),
  };
}

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
    standardHeaders: "draft-8",
    legacyHeaders: false,
    validate: { keyGeneratorIpFallback: false },
    // Sets Retry-After on the response before it calls this.
    handler: (_request, _response, next) => {
      next(
        new Problem(
          "too-many-requests",
          `Too many failed logins. Wait up to ${windowMinutes} minutes, then try again.`,
        ),
      );
    },
  });
}

/** One network's addresses count as one in IPv6, where anybody has many. */
function addressOf(request: Request): string {
  return request.ip === undefined ? "unknown" : ipKeyGenerator(request.ip);
}
