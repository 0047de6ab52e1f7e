// Honours the `Idempotency-Key` header of a new order.

import { hash } from "node:crypto";
import { isNeverWritten } from "../../flow/batcher-errors.ts";
import type { Pool } from "pg";
import {
  claimIdempotencyKey,
  releaseIdempotencyKey,
} from "../../db/orders/claim-idempotency-key.ts";
import type { IntakeOutcome, NewOrder } from "../../db/orders/insert-orders.ts";
import { type Actor, claimantOf } from "../auth/actor.ts";
import { keyReused, refuseBadKey } from "../http/idempotency-claim.ts";

/** Submits an order under its key. A key that came with another request is refused. */
export async function withIdempotencyKey(
  pool: Pool,
  actor: Actor,
  key: string,
  order: NewOrder,
  submit: () => Promise<IntakeOutcome>,
): Promise<IntakeOutcome> {
  refuseBadKey(key);
  const fingerprint = hash("sha256", `${order.reference}\n${order.fingerprint}`, "buffer");
  const claim = { claimant: claimantOf(actor), key, fingerprint };
  if (!(await claimIdempotencyKey(pool, claim))) throw keyReused();
  // A key that can't be given back is the client's to change; what it is told of its order is not.
  const release = () => releaseIdempotencyKey(pool, claim).catch(() => undefined);
  const outcome = await submit().catch(async (error: unknown) => {
    if (isNeverWritten(error)) await release();
    throw error;
  });
  if (outcome.kind !== "accepted" && outcome.kind !== "known") await release();
  return outcome;
}
