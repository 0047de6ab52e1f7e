// Passwords as argon2id hashes in the PHC string format, which carries its own parameters and salt.

import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { createAdmission } from "../../flow/admission.ts";
import { Problem } from "../http/problem.ts";

const derive = promisify(argon2);

/**
 * Two hashes at once leave half of the process's four threads to files, compression and new connections; twenty
 * that wait are answered within a second.
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

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const current = { memoryKib: 19_456, passes: 2, lanes: 1 };
const saltBytes = 16;
const hashBytes = 32;

/** What a stored hash may ask for at most, so that a forged row can't exhaust the process. */
const accepted = { memoryKib: 262_144, passes: 16, lanes: 8 };

const phc =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/**
 * Hashes a password with a new salt. Takes some 30 ms of one core, away from the event loop. Throws a 503 problem
 * if too many wait already, as `verifyPassword` does.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await deriveHash(password, salt, current, hashBytes);
  const { memoryKib, passes, lanes } = current;
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${base64(salt)}$${base64(hash)}`;
}

/** Makes a password of 96 random bits. */
export function makePassword(): string {
  return randomBytes(12).toString("base64url");
}

/** Whether a password is the one that was hashed. A hash that can't be read matches nothing. */
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

/** The same characters may be typed in several encodings; NFKC makes them one. */
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
