// Reads the `Idempotency-Key` header of a request that must not have its effect twice.

import { hash } from "node:crypto";
import type { IdempotencyClaim } from "../../db/idempotency.ts";
import { type Actor, claimantOf } from "../auth/actor.ts";
import { Problem } from "./problem.ts";

const keyLengthMax = 200;

/**
 * The claim of a request on its key, or undefined where it has none. `operation` and `body` are what makes a
 * repetition the same request: give the parsed body, so that its formatting doesn't matter.
 */
export function idempotencyClaim(
  call: { readonly actor: Actor; readonly header: (name: string) => string | undefined },
  operation: string,
  body: unknown,
): IdempotencyClaim | undefined {
  const key = call.header("idempotency-key");
  if (key === undefined) return undefined;
  refuseBadKey(key);
  const fingerprint = hash("sha256", `${operation}\n${JSON.stringify(body)}`, "buffer");
  return { claimant: claimantOf(call.actor), key, fingerprint };
}

/** Throws the problem of a key that is empty or too long. */
export function refuseBadKey(key: string): void {
  if (key.length > 0 && key.length <= keyLengthMax) return;
  const detail = `Expected 1 to ${keyLengthMax} characters; got ${key.length}.`;
  throw new Problem("validation-failed", "The Idempotency-Key header is not valid.", {
    errors: [{ pointer: "Idempotency-Key", detail }],
  });
}

/** The refusal of a key that came with another request before. */
export function keyReused(): Problem {
  return new Problem(
    "idempotency-key-reused",
    "Expected a new Idempotency-Key for a new request; this key came with another request before.",
  );
}
