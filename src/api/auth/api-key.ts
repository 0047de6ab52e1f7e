// API keys as text: `tm_<prefix>_<secret>`. The prefix finds the key's row and may be shown. The secret has 192 random
// bits, too many to guess, so a fast hash is enough; only the hash is stored.

import { hash, randomBytes, randomInt } from "node:crypto";

/** A new key. `key` is shown once and never stored. */
export type NewApiKey = {
  readonly key: string;
  readonly prefix: string;
  readonly secretHash: Buffer;
};

const prefixLength = 8;
const secretBytes = 24;
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const keyPattern = /^tm_([A-Za-z0-9]{8})_[A-Za-z0-9_-]{32,200}$/;

/** Creates a key. */
export function createApiKey(): NewApiKey {
  const prefix = Array.from(
    { length: prefixLength },
    () => letters[randomInt(letters.length)],
  ).join("");
  const key = `tm_${prefix}_${randomBytes(secretBytes).toString("base64url")}`;
  return { key, prefix, secretHash: hashApiKey(key) };
}

/** The prefix of a key, or null if the text is not a key. */
export function prefixOfApiKey(key: string): string | null {
  return keyPattern.exec(key)?.[1] ?? null;
}

/** The hash of a whole key as text, for the cache: a third of the time that bytes would take. */
export function digestOfApiKey(key: string): string {
  return hash("sha256", key, "base64");
}

/** The hash of a whole key as it is stored: SHA-256, 32 bytes. */
export function hashApiKey(key: string): Buffer {
  return hash("sha256", key, "buffer");
}
