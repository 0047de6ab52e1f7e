// A link with which a person without a known password chooses one, once. It is signed with the stored hash of the
// password that it replaces. So nothing is stored for it, and it stops working as soon as any other password is set.

import { createHmac, timingSafeEqual } from "node:crypto";

/** The path of the page that the link opens. */
export const passwordLinkPath = "/admin/login/password";

/** How long a link works, in hours: over a weekend. */
export const passwordLinkHours = 72;

/** The person whom a link is for, with the hash that is stored for them now. */
export type LinkedPerson = { readonly id: string; readonly passwordHash: string };

/** A token that was read but not checked. */
export type PasswordToken = { readonly personId: string; readonly isOver: boolean };

/** The link's path, with its token. Whoever has it can log in as that person. */
export function createPasswordLink(person: LinkedPerson, now: number): string {
  const ends = Math.floor(now / 1_000) + passwordLinkHours * 3_600;
  const token = [person.id, ends, sign(person, ends).toString("base64url")].join(".");
  return `${passwordLinkPath}?token=${token}`;
}

/** Reads whom a token names; null if it is no token. Only `isTokenOf` shows whether it is genuine. */
export function readPasswordToken(token: string, now: number): PasswordToken | null {
  const parts = partsOf(token);
  return parts === null ? null : { personId: parts.personId, isOver: parts.ends * 1_000 <= now };
}

/** Whether the token was made for this person while they had this hash. */
export function isTokenOf(token: string, person: LinkedPerson): boolean {
  const parts = partsOf(token);
  if (parts?.personId !== person.id) return false;
  const signature = Buffer.from(parts.signature, "base64url");
  return timingSafeEqual(signature, sign(person, parts.ends));
}

/** An id, the end in seconds since 1970, and 32 bytes in base64url. */
const form = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.(\d{1,12})\.([\w-]{43})$/;

function partsOf(token: string) {
  const [, personId, ends, signature] = form.exec(token) ?? [];
  if (personId === undefined || ends === undefined || signature === undefined) return null;
  return { personId, ends: Number(ends), signature };
}

function sign({ id, passwordHash }: LinkedPerson, ends: number): Buffer {
  return createHmac("sha256", passwordHash).update(`choose a password ${id} ${ends}`).digest();
}
