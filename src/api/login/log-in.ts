// Checks an address and a password, and begins, renews or ends a session. An unknown address, a wrong password and
// a disabled user look alike to the outside, in the answer and in the time it takes.

import { randomBytes } from "node:crypto";
import type { Request, Response } from "express";
import {
  beginSession,
  endSession,
  findLoginCandidate,
  replacePassword,
} from "../../db/access/sessions.ts";
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

/** Whose password is changed, and how. */
export type OwnPasswordChange = {
  readonly user: { readonly id: string; readonly email: string };
  readonly currentPassword: string;
  readonly newPassword: string;
};

/** Logging in and out. */
export type Login = {
  /** Begins a session and sets its cookie. Resolves with false where the credentials don't fit. */
  logIn(request: Request, response: Response, credentials: Credentials): Promise<boolean>;
  /**
   * Sets a new password. Every session of the person ends, and a new one begins for the browser that asked. Resolves
   * with "ended", and changes nothing, if the session or the password was ended meanwhile.
   */
  changePassword(
    request: Request,
    response: Response,
    change: OwnPasswordChange,
  ): Promise<"changed" | "wrong-password" | "ended">;
  /** Ends the request's session, if it has one, and clears the cookie. */
  logOut(request: Request, response: Response): Promise<void>;
};

/** Creates the login of one process. */
export function createLogin(context: Pick<ApiContext, "pool" | "publicUrl">): Login {
  const { pool, publicUrl } = context;
  // What the password of an unknown address is compared with, so that it takes as long as a known one's.
  const decoy = hashPassword(randomBytes(24).toString("base64url"));
  decoy.catch(() => undefined);

  const setCookie = (request: Request, response: Response, token: string): void => {
    response.cookie(sessionCookie, token, {
      ...sessionCookieOptions(request, publicUrl()),
      maxAge: sessionLimits.absoluteHours * 3_600_000,
    });
  };

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
      if (begun) setCookie(request, response, token);
      return begun;
    },
    async changePassword(request, response, { user, currentPassword, newPassword }) {
      const asked = readSessionToken(request);
      const candidate = await findLoginCandidate(pool, user.email);
      if (asked === null || candidate === null) return "ended";
      if (!(await verifyPassword(currentPassword, candidate.passwordHash))) return "wrong-password";
      const token = createSessionToken();
      const change = {
        userId: user.id,
        verifiedHash: candidate.passwordHash,
        passwordHash: await hashPassword(newPassword),
        asked: hashSessionToken(asked),
        begins: hashSessionToken(token),
      };
      if (!(await replacePassword(pool, change, sessionLimits))) return "ended";
      setCookie(request, response, token);
      return "changed";
    },
    async logOut(request, response) {
      const token = readSessionToken(request);
      if (token !== null) await endSession(pool, hashSessionToken(token));
      response.clearCookie(sessionCookie, sessionCookieOptions(request, publicUrl()));
    },
  };
}
