// Checks an address and a password, and begins or ends a session. An unknown address, a wrong password and
// a disabled user look alike to the outside, in the answer and in the time it takes.

import { randomBytes } from "node:crypto";
import type { Request, Response } from "express";
import { beginSession, endSession, findLoginCandidate } from "../../db/access/sessions.ts";
import { hashPassword, verifyPassword } from "../auth/password.ts";
import {
  createSessionToken,
  hashSessionToken,
  readSessionToken,
  sessionCookie,
  sessionCookieOptions,
  sessionLimits,
} from "../auth/session-cookie.ts";
import type { ApiContext } from "../context.ts";
import { accountNamed } from "./login-limits.ts";

/** What somebody logs in with. */
export type Credentials = { readonly email: string; readonly password: string };

/** Logging in and out. */
export type Login = {
  /** Begins a session and sets its cookie. Resolves with false where the credentials don't fit. */
  logIn(request: Request, response: Response, credentials: Credentials): Promise<boolean>;
  /** Ends the request's session, if it has one, and clears the cookie. */
  logOut(request: Request, response: Response): Promise<void>;
};

/** Creates the login of one process. */
export function createLogin(context: Pick<ApiContext, "pool" | "publicUrl">): Login {
  const { pool, publicUrl } = context;
  // What the password of an unknown address is compared with, so that it takes as long as a known one's.
  const decoy = hashPassword(randomBytes(24).toString("base64url"));
  decoy.catch(() => undefined);

  return {
    async logIn(request, response, { email, password }) {
      const candidate = await findLoginCandidate(pool, accountNamed(email));
      const matches = await verifyPassword(password, candidate?.passwordHash ?? (await decoy));
      if (candidate === null || !matches || !candidate.enabled) return false;
      const token = createSessionToken();
      const former = readSessionToken(request);
      const begun = await beginSession(
        pool,
        {
          userId: candidate.id,
          passwordHash: candidate.passwordHash,
          tokenHash: hashSessionToken(token),
          replaces: former === null ? null : hashSessionToken(former),
        },
        sessionLimits,
      );
      if (begun) {
        response.cookie(sessionCookie, token, {
          ...sessionCookieOptions(request, publicUrl()),
          maxAge: sessionLimits.absoluteHours * 3_600_000,
        });
      }
      return begun;
    },
    async logOut(request, response) {
      const token = readSessionToken(request);
      if (token !== null) await endSession(pool, hashSessionToken(token));
      response.clearCookie(sessionCookie, sessionCookieOptions(request, publicUrl()));
    },
  };
}
