// The log of who came in, who did not, and who was refused: one line each, with the outcome by name, so that it can
// be searched and counted.

import type { Request, Response } from "express";
import type { Logger } from "pino";
import type { Actor } from "./actor.ts";
import type { ProblemKind } from "../../contract/problem.ts";

/** What people do with their accounts, and how it ended. */
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
  /** The address that was typed, or that of whoever is known. It is no proof of who it was. */
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

/** Writes the line of an account's event. Failures are warnings. */
export function logAccountEvent(log: Logger, request: Request, what: AccountEvent): void {
  const line = { ...what, address: request.ip };
  const { success, failure } = sentences[what.event];
  if (what.outcome === "success") log.info(line, success);
  else if (what.outcome === "code-awaited") log.info(line, "a login waits for its code");
  else log.warn(line, failure);
}

/** Notes who asks, for the line that is written if they are refused. */
export function noteActor(response: Response, actor: Actor): void {
  response.locals["actor"] = actor.label;
}

/** The longest path that is written. */
const pathCharactersMax = 200;

/** Writes the line of a request that was refused because whoever asked may not do that. */
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
