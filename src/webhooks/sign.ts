// Signs messages by the Standard Webhooks specification, https://www.standardwebhooks.com, so that receivers can tell that
// a message is Tallyman's and a recent one.

import { createHmac, randomBytes } from "node:crypto";

const prefix = "whsec_";
/** As long as the digest; the specification asks for 24 to 64 bytes. */
const secretBytes = 32;

/** Makes a random secret: `whsec_` and 32 bytes in base64. */
export function makeSecret(): string {
  return `${prefix}${randomBytes(secretBytes).toString("base64")}`;
}

/** What is signed. */
type Signed = {
  readonly id: string;
  readonly body: string;
  /** The secrets, `whsec_...`. While one replaces another there are two, and a receiver may know either. */
  readonly secrets: readonly string[];
};

/**
 * The headers by which a receiver verifies a message that is sent at `at`; none if there is no secret. Throws a
 * `TypeError`, which does not show the secret, if one has another form.
 */
export function signatureHeaders(
  { id, body, secrets }: Signed,
  at: Date,
): Readonly<Record<string, string>> {
  if (secrets.length === 0) return {};
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signatures = secrets.map((secret) => {
    const hmac = createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.${body}`);
    return `v1,${hmac.digest("base64")}`;
  });
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}

function keyOf(secret: string): Buffer {
  if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret)) {
    throw new TypeError("Expected a secret to be whsec_ and base64; this one is something else.");
  }
  return Buffer.from(secret.slice(prefix.length), "base64");
}
