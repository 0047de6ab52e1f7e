// The one-time link with which a person chooses a password: its random token, what is stored of it, and its address. Only
// the hash of a token is stored, so that whoever reads the database, or a backup of it, can't make or use one.

import { createHash, randomBytes } from "node:crypto";
import * as z from "zod";

/** The path of the page that the link opens. */
export const passwordLinkPath = "/admin/login/password";

/** A new token, and what is stored of it. */
export type PasswordToken = { readonly token: string; readonly tokenHash: Buffer };

/** Makes a token of 256 random bits. Whoever has it can log in as its person. */
export function createPasswordToken(): PasswordToken {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenHash: hashOf(token) };
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

/**
 * Stands for the token in everything that is kept of a mail: its data, its subject, HTML and text. It does not have the
 * form of a token, so such a link opens the page that says that it does not work.
 */
const tokenMask = "only-the-mail-that-was-sent-has-the-token";

/** The path with a token. */
export const pathOfToken = (token: string): string => `${passwordLinkPath}?token=${token}`;

/** The address of the link as it is kept, without its token. */
export const maskedLink = (publicUrl: string): string => `${publicUrl}${pathOfToken(tokenMask)}`;

/**
 * A mask for one attempt to send a mail. Nobody knows it before the mail is rendered, so no name in the mail can have it, and
 * the token gets into the link only.
 */
export const createTokenMask = (): string =>
  `${tokenMask}-${randomBytes(16).toString("base64url")}`;

const linkedSchema = z.looseObject({ link: z.looseObject({ url: z.string() }) });

/** The stored data of a mail with another mask in its link. Data without such a link stays as it is. */
export function maskLinkOf(data: unknown, ownMask: string): unknown {
  const { data: linked } = linkedSchema.safeParse(data);
  if (linked?.link.url.endsWith(pathOfToken(tokenMask)) !== true) return data;
  const url = linked.link.url.slice(0, -tokenMask.length) + ownMask;
  return { ...linked, link: { ...linked.link, url } };
}

/** Puts the token into a text that was rendered with this mask. */
export const unmask = (text: string, ownMask: string, token: string): string =>
  text.replaceAll(ownMask, token);

/** Takes the token out of a text, such as the answer of a mail server that repeats what it got. */
export const mask = (text: string, token: string): string => text.replaceAll(token, tokenMask);
