// The codes of a second factor: those of an app by RFC 6238 (six digits, of half a minute each), and recovery codes
// for whoever has lost their phone.

import { hash, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { GivenCode } from "../../db/access/check-code.ts";

const issuer = "Tallyman";
const secretBytes = 20;

/** Clocks may differ by one step: a code counts in its own half minute, the one before and the one after. */
const stepsApart = 1;

/** Makes a secret of 160 random bits, as long as the hash that it is used with. */
export function createSecret(): Buffer {
  return randomBytes(secretBytes);
}

/** A secret as apps take it: typed, and as the address that a QR code holds. */
export function secretForApps(
  secret: Buffer,
  email: string,
): { readonly secret: string; readonly uri: string } {
  const totp = new TOTP({ issuer, label: email, secret: secretOf(secret) });
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** A code that somebody typed, at a time in milliseconds. Spaces and hyphens make no difference. */
export function readCode(typed: string, now: number = Date.now()): GivenCode {
  const code = typed.normalize("NFKC").replaceAll(/[\s-]/g, "").toLowerCase();
  return {
    stepOf(secret) {
      const apart = /^\d{6}$/.test(code)
        ? TOTP.validate({
            token: code,
            secret: secretOf(secret),
            timestamp: now,
            window: stepsApart,
          })
        : null;
      return apart === null ? null : TOTP.counter({ timestamp: now }) + apart;
    },
    recoveryHash: hashRecoveryCode(code),
  };
}

const recoveryCodes = 10;

/** Makes ten codes of 80 random bits each, and the hashes to store. So many random bits need no slow hash. */
export function createRecoveryCodes(): {
  readonly codes: readonly string[];
  readonly hashes: readonly string[];
} {
  const plain = Array.from({ length: recoveryCodes }, () => randomBytes(10).toString("hex"));
  const codes = plain.map((code) => (code.match(/.{4}/g) ?? []).join("-"));
  return { codes, hashes: plain.map(hashRecoveryCode) };
}

function hashRecoveryCode(code: string): string {
  return hash("sha256", code, "base64url");
}

function secretOf(bytes: Buffer): Secret {
  return new Secret({ buffer: new Uint8Array(bytes).buffer });
}
