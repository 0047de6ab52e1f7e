// Reads the `Idempotency-Key` header, by which a client makes a request safe to repeat.

import { hash } from "node:crypto";
import type { IdempotencyClaim } from "../../db/idempotency.ts";
import { type Actor, claimantOf } from "../auth/actor.ts";
import { Problem } from "./problem.ts";

const keyLengthMax = 200;

/**
 * Returns the claim of a request on its key, or undefined if it has none. A request repeats another if `operation` and
 * `content` are equal. Pass the parsed body as content, so that the body's formatting doesn't matter. Throws a 422
 * problem if the key is empty or has more than 200 characters.
 */
export function idempotencyClaim(
  call: { readonly actor: Actor; readonly header: (name: string) => string | undefined },
  operation: string,
  content: string,
): IdempotencyClaim | undefined {
  const key = call.header("idempotency-key");
  if (key === undefined) return undefined;
  if (key.length === 0 || key.length > keyLengthMax) {
    const detail = `Expected 1 to ${keyLengthMax} characters; got ${key.length}.`;
    throw new Problem("validation-failed", "The Idempotency-Key header is not valid.", {
      errors: [{ pointer: "Idempotency-Key", detail }],
    });
  }
  const fingerprint = hash("sha256", `${operation}\n${content}`, "hex");
  return { claimant: claimantOf(call.actor), key, fingerprint };
}

/** The problem of a key that another request has used. */
export function keyReused(): Problem {
  return new Problem(
    "idempotency-key-reused",
    "Expected a new Idempotency-Key for a new request; this key came with another request before.",
  );
}
