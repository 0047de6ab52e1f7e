// Logs logins, changes of accounts and requests without permission: one line each, with a fixed name for the event and
// its outcome, so that they can be searched and counted.

import type { Request, Response } from "express";
import type { Logger } from "pino";
import type { Actor } from "./actor.ts";
import type { ProblemKind } from "../../contract/problem.ts";

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
export function noteActor(response: Response, actor: Actor): void {
  response.locals["actor"] = actor.label;
}

/** How much of a path is logged. */
const pathCharactersMax = 200;

/** Logs a request that was refused because its caller lacks the right to make it. */
export function logRefusal(
  log: Logger,
  request: Request,
  response: Response,
  outcome: ProblemKind,
): void {
  const actor: unknown = response.locals["actor"];
  const { method, originalUrl } = request;
  const [path = ""] = originalUrl.split("?", 1);
  log.warn(
    {
      event: "request",
      outcome,
      actor,
      address: request.ip,
      method,
      path: path.slice(0, pathCharactersMax),
    },
    "a request was refused",
  );
}
