// The cookie that carries a session's token, and the token itself: 256 random bits of which only the
// SHA-256 is stored.

import { hash, randomBytes } from "node:crypto";
import type { CookieOptions, Request } from "express";

/** The name of the session cookie. */
export const sessionCookie = "tallyman_session";

/** How long a session lasts: so long without a request, and so long at most. */
export const sessionLimits = { idleHours: 12, absoluteHours: 7 * 24 };

const tokenBytes = 32;
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

/** Makes a new session token. */
export function createSessionToken(): string {
  return randomBytes(tokenBytes).toString("base64url");
}

/** The hash of a token, as it is stored: 32 bytes of SHA-256. */
export function hashSessionToken(token: string): Buffer {
  return hash("sha256", token, "buffer");
}

/** The session token that a request carries, or null where it carries none that could be one. */
export function readSessionToken(request: Request): string | null {
  return readTokenCookie(request, sessionCookie);
}

/** The token in a cookie of this name, or null if there is none that could be one. */
export function readTokenCookie(request: Request, cookie: string): string | null {
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const [name = "", value = ""] = pair.split("=", 2);
    if (name.trim() === cookie && tokenPattern.test(value.trim())) return value.trim();
  }
  return null;
}

/**
 * How the cookie is set. Lax, not Strict, so that a link in a mail opens the admin app with the session;
 * writes from other sites are refused by their headers. Secure wherever the service is reached over TLS.
 */
export function sessionCookieOptions(request: Request, publicUrl: string): CookieOptions {
  const secure = request.secure || publicUrl.startsWith("https:");
  return { httpOnly: true, sameSite: "lax", secure, path: "/" };
}
