// The codes of a second factor: an app's codes by RFC 6238 (six digits, each for 30 seconds), and recovery codes for
// people who have lost their phone.

import { hash, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { GivenCode } from "../../db/access/check-code.ts";

const issuer = "Tallyman";
const secretBytes = 20;

/** Clocks may differ by one step: a code is right in its own 30 seconds, and in those before and after. */
const stepsApart = 1;

/** Creates a secret of 160 random bits, the length of SHA-1, as RFC 4226 recommends. */
export function createSecret(): Buffer {
  return randomBytes(secretBytes);
}

/** A secret as apps read it: as text to type, and as the `otpauth:` address of a QR code. */
export function secretForApps(
  secret: Buffer,
  email: string,
): { readonly secret: string; readonly uri: string } {
  const totp = new TOTP({ issuer, label: email, secret: secretOf(secret) });
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** Reads a typed code at a time in milliseconds since 1970. Spaces and hyphens are ignored. */
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

/** Creates ten codes of 80 random bits each, too many to guess, and the hashes to store. */
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
