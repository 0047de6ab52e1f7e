// Honours the `Idempotency-Key` header of a new order.

import { hash } from "node:crypto";
import type { Pool } from "pg";
import {
  claimIdempotencyKey,
  releaseIdempotencyKey,
} from "../../db/orders/claim-idempotency-key.ts";
import type { IntakeOutcome, NewOrder } from "../../db/orders/insert-orders.ts";
import { type Actor, claimantOf } from "../auth/actor.ts";
import { Problem } from "../http/problem.ts";

/** Submits an order under its key. A key that came with another request is refused. */
export async function withIdempotencyKey(
  pool: Pool,
  actor: Actor,
  key: string,
  order: NewOrder,
  submit: () => Promise<IntakeOutcome>,
): Promise<IntakeOutcome> {
  if (key.length === 0 || key.length > 200) {
    throw new Problem("validation-failed", "The Idempotency-Key header is not valid.", {
      errors: [
        { pointer: "Idempotency-Key", detail: `expected 1 to 200 characters; got ${key.length}` },
      ],
    });
  }
  const fingerprint = hash("sha256", `${order.reference}\n${order.fingerprint}`, "buffer");
  const claim = { claimant: claimantOf(actor), key, fingerprint };
  if (!(await claimIdempotencyKey(pool, claim))) {
    throw new Problem(
      "idempotency-key-reused",
      "Expected a new Idempotency-Key for a new request; this key came with another order before.",
    );
  }
  const outcome = await submit();
  const isStored = outcome.kind === "accepted" || outcome.kind === "known";
  if (!isStored) await releaseIdempotencyKey(pool, claim);
  return outcome;
}
