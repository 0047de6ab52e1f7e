// Slows down whoever guesses passwords: few failures per address and account, more per address alone. The
// address is the connection's, or what the trusted proxies say (TRUST_PROXY), never what a client says.

import { hash } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { Problem } from "../http/problem.ts";

const windowMinutes = 15;
const failuresPerAccountMax = 20;
const failuresPerAddressMax = 200;

/** Names the account that an attempt is about, for the limits that run after it. */
export function setAttemptedAccount(response: Response, account: string): void {
  response.locals["account"] = account.trim().toLowerCase();
}

/**
 * Creates the limits, to be put before everything that checks a password. Attempts that are answered with
 * less than 400 don't count. Beyond a limit the request fails with a 429 problem and `Retry-After`.
 */
export function createLoginLimits(): RequestHandler[] {
  return [
    limitFailures(failuresPerAddressMax, (request) => addressOf(request)),
    limitFailures(failuresPerAccountMax, (request, response) => {
      const account: unknown = response.locals["account"];
      const digest = hash("sha256", String(account), "base64url");
      return `${addressOf(request)} ${digest}`;
    }),
  ];
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
