// The cookie of a login that waits for its code. It is valid for the code page only.

import type { Request, Response } from "express";
import { loginStepMinutes } from "../../db/access/login-steps.ts";
import {
  hashSessionToken,
  isSecure,
  readTokenCookie,
  sessionCookieOptions,
} from "../auth/session-cookie.ts";

/** The prefix is `__Secure-`, not `__Host-`, which allows no path but `/`. */
const nameOf = (request: Request, publicUrl: string) =>
  isSecure(request, publicUrl) ? "__Secure-tallyman_login" : "tallyman_login";

/** The cookie's options. Browsers send it to the login pages only. */
const options = (request: Request, publicUrl: string) => ({
  ...sessionCookieOptions(request, publicUrl),
  path: "/admin/login",
});

/** Returns the hash of the request's token; null if it has none. */
export function readLoginStep(request: Request, publicUrl: string): Buffer | null {
  const token = readTokenCookie(request, nameOf(request, publicUrl));
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
  response.cookie(nameOf(request, publicUrl), token, { ...options(request, publicUrl), maxAge });
}

/** Clears the cookie. */
export function clearLoginStep(request: Request, response: Response, publicUrl: string): void {
  response.clearCookie(nameOf(request, publicUrl), options(request, publicUrl));
}
