// The cookie of a login whose code is awaited. It leads to the question for the code and to nothing else.

import type { Request, Response } from "express";
import { loginStepMinutes } from "../../db/access/login-steps.ts";
import { hashSessionToken, readTokenCookie, sessionCookieOptions } from "../auth/session-cookie.ts";

const name = "tallyman_login";

/** How it is set: it goes to the login's own pages only. */
const options = (request: Request, publicUrl: string) => ({
  ...sessionCookieOptions(request, publicUrl),
  path: "/admin/login",
});

/** The hash of the token that a request carries, or null if it carries none. */
export function readLoginStep(request: Request): Buffer | null {
  const token = readTokenCookie(request, name);
  return token === null ? null : hashSessionToken(token);
}

/** Sets the cookie. */
export function setLoginStep(
  request: Request,
  response: Response,
  publicUrl: string,
  token: string,
): void {
  const maxAge = loginStepMinutes * 60_000;
  response.cookie(name, token, { ...options(request, publicUrl), maxAge });
}

/** Takes the cookie away. */
export function clearLoginStep(request: Request, response: Response, publicUrl: string): void {
  response.clearCookie(name, options(request, publicUrl));
}
