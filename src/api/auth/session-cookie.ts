// The session cookie and its token: 256 random bits, of which only the SHA-256 hash is stored.

import { hash, randomBytes } from "node:crypto";
import type { CookieOptions, Request } from "express";

/** The name of the session cookie without TLS. */
const plainName = "tallyman_session";

/**
 * The name of the session cookie. Over TLS it has the prefix `__Host-`: browsers take such a cookie only from this host
 * itself, with Secure. So neither another host of the domain nor somebody on the network can set it.
 */
export function sessionCookieName(request: Request, publicUrl: string): string {
  return isSecure(request, publicUrl) ? `__Host-${plainName}` : plainName;
}

/** How long a session lasts, in hours: without a request, and in all. */
export const sessionLimits = { idleHours: 12, absoluteHours: 7 * 24 };

const tokenBytes = 32;
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

/** Creates a session token. */
export function createSessionToken(): string {
  return randomBytes(tokenBytes).toString("base64url");
}

/** The hash of a token as it is stored: SHA-256, 32 bytes. */
export function hashSessionToken(token: string): Buffer {
  return hash("sha256", token, "buffer");
}

/** The session token in a request's cookie, or null if there is none in the form of a token. */
export function readSessionToken(request: Request, publicUrl: string): string | null {
  return readTokenCookie(request, sessionCookieName(request, publicUrl));
}

/** The token in a cookie of this name, or null if there is none in the form of a token. */
export function readTokenCookie(request: Request, cookie: string): string | null {
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const [name = "", value = ""] = pair.split("=", 2);
    if (name.trim() === cookie && tokenPattern.test(value.trim())) return value.trim();
  }
  return null;
}

/**
 * The cookie's options. SameSite is Lax, not Strict, so that a link in a mail opens the admin app with the session;
 * `refuseCrossSiteWrite` covers writes. Secure is set if the service is reached over TLS.
 */
export function sessionCookieOptions(request: Request, publicUrl: string): CookieOptions {
  return { httpOnly: true, sameSite: "lax", secure: isSecure(request, publicUrl), path: "/" };
}

/** Whether the service is reached over TLS: by its address, or because a trusted proxy says so. */
export function isSecure(request: Request, publicUrl: string): boolean {
  return request.secure || publicUrl.startsWith("https:");
}
