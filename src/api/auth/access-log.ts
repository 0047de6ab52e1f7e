// Logs logins, changes of accounts and refused requests: one line each, with a fixed name for the event and its outcome,
// so that they can be searched and counted.

import type { Request, Response } from "express";
import type { Logger } from "pino";
import { createThrottle, type ThrottleOptions } from "../../flow/throttle.ts";
import { requestIdOf } from "../http/request-id.ts";
import type { Problem } from "../http/problem.ts";
import type { Actor } from "./actor.ts";
import { prefixOfApiKey } from "./api-key.ts";

/** An act of a person on their account, and its outcome. */
export type AccountEvent = {
  readonly event: keyof typeof sentences;
  readonly outcome:
    | "success"
    | "unknown-account"
    | "wrong-password"
    | "disabled"
    | "code-awaited"
    | "wrong-code"
    | "too-many-codes"
    | "link-over"
    | "not-invited"
    | "too-many-mails"
    | "ended-meanwhile";
  /** The email that was typed, or that of the session's person. It doesn't prove who sent the request. */
  readonly account: string;
};

const sentences = {
  login: { success: "somebody logged in", failure: "a login failed" },
  logout: { success: "somebody logged out", failure: "a logout failed" },
  "password-change": {
    success: "somebody changed their password",
    failure: "a change of a password failed",
  },
  "password-link": {
    success: "somebody chose their password by a link",
    failure: "a password could not be chosen by a link",
  },
  "password-forgotten": {
    success: "somebody asked for a link to a new password",
    failure: "a link to a new password was not sent",
  },
  "sessions-end": {
    success: "somebody ended other sessions of theirs",
    failure: "other sessions could not be ended",
  },
  "second-factor-on": {
    success: "somebody turned on a second factor",
    failure: "a second factor could not be turned on",
  },
  "second-factor-off": {
    success: "somebody turned off their second factor",
    failure: "a second factor could not be turned off",
  },
} as const;

/** Logs an account's event. Failures are warnings. */
export function logAccountEvent(log: Logger, request: Request, what: AccountEvent): void {
  const line = { ...what, address: request.ip };
  const { success, failure } = sentences[what.event];
  if (what.outcome === "success") log.info(line, success);
  else if (what.outcome === "code-awaited") log.info(line, "a login waits for its code");
  else log.warn(line, failure);
}

/** Stores the caller in the response, for the line that is logged if the request is refused. */
export function noteActor(response: Response, { label }: Pick<Actor, "label">): void {
  response.locals["actor"] = label;
}

/** Notes that the outcome of a request has its line already, so that its refusal gets no second one. */
export function noteLogged(response: Response): void {
  response.locals["isLogged"] = true;
}

/** The statuses of refusals: no valid key or login, no right to do that, and too many attempts or requests. */
const refusals: ReadonlySet<number> = new Set([401, 403, 429]);

/** How much of a path is logged. */
const pathCharactersMax = 200;

/** Logs a request if it was refused because of its caller. Other problems are not logged here. */
export type RefusalLog = (
  request: Request,
  response: Response,
  problem: Pick<Problem, "status" | "kind">,
) => void;

/**
 * Creates the log of refusals. Equal ones are counted, so that a flood of them writes few lines. Strangers have a count
 * of their own, so that they can't hide refusals of known callers in it.
 */
export function createRefusalLog(log: Logger): RefusalLog {
  const options: ThrottleOptions<object> = {
    first: (line) => log.warn(line, "a request was refused"),
    again: (line, times) =>
      log.warn(
        { ...(line ?? { event: "request", outcome: "others" }), times },
        "requests were refused again",
      ),
  };
  const ofStrangers = createThrottle(options);
  const ofActors = createThrottle(options);
  return (request, response, { status, kind: outcome }) => {
    if (!refusals.has(status) || response.locals["isLogged"] === true) return;
    const { actor, account }: Readonly<Record<string, unknown>> = response.locals;
    const { method, ip: address } = request;
    const path = pathOf(request);
    const who = { actor, account, key: attemptedKey(request), address };
    const requestId = requestIdOf(request, response);
    const line = { event: "request", outcome, ...who, method, path, requestId };
    if (actor === undefined) ofStrangers(JSON.stringify([outcome, who]), line);
    else ofActors(JSON.stringify([outcome, who, method, path]), line);
  };
}

function pathOf({ originalUrl }: Request): string {
  const [path = ""] = originalUrl.split("?", 1);
  return path.slice(0, pathCharactersMax);
}

/** The public part of the API key that a request came with; undefined if it came with none. */
function attemptedKey(request: Request): string | undefined {
  const key = /^Bearer +(\S{1,300})$/i.exec(request.headers.authorization ?? "")?.[1];
  const prefix = key === undefined ? null : prefixOfApiKey(key);
  return prefix === null ? undefined : `tm_${prefix}`;
}
