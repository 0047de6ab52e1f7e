// The RateLimit headers of an answer: how many requests the caller may still send. They follow the draft of the IETF,
// draft-ietf-httpapi-ratelimit-headers, as those of a login do. Each is a list of structured fields (RFC 9651).

import type { Response } from "express";

/** What a limit allows, and what was left of it after this request. */
export type RateLimit = {
  /** The name of the limit: lower-case letters and hyphens. */
  readonly name: string;
  /** How many requests may be sent in `windowSeconds`. */
  readonly quota: number;
  readonly windowSeconds: number;
  /** How many whole requests are left. */
  readonly left: number;
  /** In how many seconds all of the quota is left again, at the latest. */
  readonly fullInSeconds: number;
};

/** Notes the limit that a request was counted by, for the headers of its answer. */
export function noteRateLimit(response: Response, limit: RateLimit): void {
  const { name, quota, windowSeconds, left, fullInSeconds } = limit;
  response.locals["rateLimitPolicy"] = `"${name}";q=${quota};w=${windowSeconds}`;
  response.locals["rateLimit"] = `"${name}";r=${left};t=${fullInSeconds}`;
}

/** Adds the headers of the limit that a request was counted by. Adds none if it was counted by none. */
export function addRateLimit(response: Response, headers: Record<string, string | number>): void {
  const { rateLimitPolicy, rateLimit }: Readonly<Record<string, unknown>> = response.locals;
  if (typeof rateLimitPolicy !== "string" || typeof rateLimit !== "string") return;
  headers["RateLimit-Policy"] = rateLimitPolicy;
  headers["RateLimit"] = rateLimit;
}
