// A link with which a person without a known password chooses one, once. Only the hash of its random token is stored, so
// that whoever reads the database, or a backup of it, can't make or use one.

import { createHash, randomBytes } from "node:crypto";
import type { StoredLink } from "../../db/access/linked-person.ts";

/** The path of the page that the link opens. */
export const passwordLinkPath = "/admin/login/password";

/** How long a link works, in hours: over a weekend. */
export const passwordLinkHours = 72;

/** A new link: its path with the token, to be shown once, and what is stored of it. */
export type PasswordLink = { readonly path: string; readonly stored: StoredLink };

/** Makes a link that ends `passwordLinkHours` after `now`, in milliseconds. Whoever has it can log in as its person. */
export function createPasswordLink(now: number): PasswordLink {
  const token = randomBytes(32).toString("base64url");
  return {
    path: `${passwordLinkPath}?token=${token}`,
    stored: {
      tokenHash: hashOf(token),
      endsAt: new Date(now + passwordLinkHours * 3_600_000),
    },
  };
}

/** 32 bytes in base64url. */
const form = /^[\w-]{43}$/;

/** What is stored of a token; null if it does not have the form of one. */
export function hashOfPasswordToken(token: string): Buffer | null {
  return form.test(token) ? hashOf(token) : null;
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
