// Hashes and verifies passwords with argon2id, in the PHC string format, which includes the parameters and the salt.

import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { createAdmission } from "../../flow/admission.ts";
import { Problem } from "../http/problem.ts";

const derive = promisify(argon2);

/**
 * Two hashes at once leave half of libuv's four threads to files, compression and new connections. Twenty waiting
 * ones are done within a second.
 */
const admit = createAdmission({
  weightMax: 2,
  waitingMax: 20,
  waitMsMax: 5_000,
  refusal: () =>
    new Problem(
      "unavailable",
      "This process is checking as many passwords as it can just now. Send the same request again in 2 s.",
      { headers: { "Retry-After": "2" } },
    ),
});

/** The minimum that OWASP recommends for argon2id: 19 MiB, two passes, one lane. */
const current = { memoryKib: 19_456, passes: 2, lanes: 1 };
const saltBytes = 16;
const hashBytes = 32;

/** The highest parameters that a stored hash may have, so that a forged row can't use up the process's memory. */
const accepted = { memoryKib: 262_144, passes: 16, lanes: 8 };

const phc =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/**
 * Hashes a password with a new salt, which takes some 30 ms on another thread. Throws a 503 problem if too many wait
 * already, as `verifyPassword` does.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await deriveHash(password, salt, current, hashBytes);
  const { memoryKib, passes, lanes } = current;
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${base64(salt)}$${base64(hash)}`;
}

/** Creates a password of 96 random bits. */
export function makePassword(): string {
  return randomBytes(12).toString("base64url");
}

/** Whether a password matches a stored hash. A hash that can't be read matches no password. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, memory, passes, lanes, salt, hash] = phc.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return false;
  const cost = { memoryKib: Number(memory), passes: Number(passes), lanes: Number(lanes) };
  if (!isAcceptable(cost)) return false;
  const expected = Buffer.from(hash, "base64");
  const actual = await deriveHash(password, Buffer.from(salt, "base64"), cost, expected.length);
  return timingSafeEqual(actual, expected);
}

type Cost = { readonly memoryKib: number; readonly passes: number; readonly lanes: number };

function isAcceptable({ memoryKib, passes, lanes }: Cost): boolean {
  return (
    memoryKib >= 8 * lanes &&
    memoryKib <= accepted.memoryKib &&
    passes >= 1 &&
    passes <= accepted.passes &&
    lanes >= 1 &&
    lanes <= accepted.lanes
  );
}

/** Keyboards can encode the same character in several ways; NFKC normalizes them. */
function deriveHash(
  password: string,
  salt: Buffer,
  cost: Cost,
  tagLength: number,
): Promise<Buffer> {
  return admit(1, () =>
    derive("argon2id", {
      message: password.normalize("NFKC"),
      nonce: salt,
      parallelism: cost.lanes,
      tagLength,
      memory: cost.memoryKib,
      passes: cost.passes,
    }),
  );
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
