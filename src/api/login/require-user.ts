// What addresses of one's own account ask for: a session, not a key.

import type { Request, RequestHandler } from "express";
import type { SessionUser } from "../../db/access/find-session.ts";
import type { OwnSession } from "../../db/access/other-sessions.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import { passwordChangeNeeded } from "../auth/permission-denied.ts";
import { hashSessionToken, readSessionToken } from "../auth/session-cookie.ts";
import { Problem } from "../http/problem.ts";

/** The person whose session a request carries. Throws a 401 problem if it carries none. */
export async function requireUser(auth: Authenticator, request: Request): Promise<SessionUser> {
  const user = await auth.sessionUser(request);
  if (user !== null) return user;
  throw noSession();
}

/**
 * The session that a request carries. Throws a 401 problem if it carries none, and a 403 problem if its user has to
 * choose a password of their own first.
 */
export async function requireSession(
  auth: Authenticator,
  request: Request,
): Promise<OwnSession & { readonly email: string }> {
  const { id, email, mustChangePassword } = await requireUser(auth, request);
  if (mustChangePassword) throw passwordChangeNeeded();
  const token = readSessionToken(request);
  if (token === null) throw noSession();
  return { userId: id, email, tokenHash: hashSessionToken(token) };
}

/** Refuses the methods that an address does not have, to those who may know of it. */
export function refuseMethod(auth: Authenticator, allow: string): RequestHandler {
  return async (request) => {
    await requireUser(auth, request);
    throw new Problem("method-not-allowed", `Expected ${allow}; got ${request.method}.`, {
      headers: { Allow: allow },
    });
  };
}

/** The refusal of a change that somebody made impossible while it was asked for. */
export function endedMeanwhile(): Problem {
  return new Problem(
    "unauthenticated",
    "Your session or your password was ended by somebody else meanwhile; nothing was changed. Log in again.",
  );
}

/** The refusal of a change that needs the current password. */
export function wrongCurrentPassword(): Problem {
  return new Problem("validation-failed", "The current password is not right.", {
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
