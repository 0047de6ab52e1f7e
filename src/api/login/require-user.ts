// The check of routes for one's own account: they need a session, not an API key.

import type { Request, RequestHandler } from "express";
import type { SessionUser } from "../../db/access/find-session.ts";
import type { OwnSession } from "../../db/access/other-sessions.ts";
import { noteActor } from "../auth/access-log.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import { passwordChangeNeeded } from "../auth/permission-denied.ts";
import { Problem } from "../http/problem.ts";

/** Returns the user of the request's session. Throws a 401 problem if there is none. */
export async function requireUser(auth: Authenticator, request: Request): Promise<SessionUser> {
  const user = await auth.sessionUser(request);
  if (user !== null) return user;
  throw noSession();
}

/**
 * Returns the request's session. Throws a 401 problem if there is none, and a 403 problem if its user must choose
 * their own password first.
 */
export async function requireSession(auth: Authenticator, request: Request): Promise<OwnSession> {
  const { id, email, mustChangePassword } = await requireUser(auth, request);
  if (mustChangePassword) {
    if (request.res !== undefined) noteActor(request.res, { label: `user:${email}` });
    throw passwordChangeNeeded();
  }
  const tokenHash = auth.sessionHash(request);
  if (tokenHash === null) throw noSession();
  return { userId: id, email, tokenHash };
}

/** Refuses methods that a path does not have. Only users with a session learn which it has. */
export function refuseMethod(auth: Authenticator, allow: string): RequestHandler {
  return async (request) => {
    await requireUser(auth, request);
    throw new Problem("method-not-allowed", `Expected ${allow}; got ${request.method}.`, {
      headers: { Allow: allow },
    });
  };
}

/** The problem of a change whose session or password became invalid while it ran. */
export function endedMeanwhile(): Problem {
  return new Problem(
    "unauthenticated",
    "Your session or your password is no longer valid; nothing was changed. Log in again.",
  );
}

/** The problem of a wrong current password. */
export function wrongCurrentPassword(): Problem {
  return new Problem("validation-failed", "The current password is wrong.", {
    errors: [
      { pointer: "/currentPassword", detail: "Expected your current password; got another." },
    ],
  });
}

function noSession(): Problem {
  return new Problem(
    "unauthenticated",
    "Expected a session, begun by POST /api/v1/session with an email and a password; got none.",
  );
}
