// Submits a new order with its `Idempotency-Key`. One statement stores the orders of many requests, so the key can't be
// claimed in the same transaction: it is claimed before, and released if the order was not stored. No reply is stored.
// A repetition finds the order by its reference and gets its current state, so the reference decides what is the same
// sale, with a key as without one.

import type { Pool } from "pg";
import { claimKey, type IdempotencyClaim, releaseKey } from "../../db/idempotency.ts";
import type { IntakeOutcome } from "../../db/orders/insert-orders.ts";
import { sqlOn } from "../../db/sql/sql.ts";
import { isNeverWritten } from "../../flow/batcher-errors.ts";

/** What is done for an order with a key: it is submitted, or only looked up among those that are stored. */
export type OrderWithKey = {
  readonly submit: () => Promise<IntakeOutcome>;
  /** Resolves with what is stored under the order's reference; undefined if nothing is. */
  readonly recognise: () => Promise<IntakeOutcome | undefined>;
};

/**
 * Submits an order with its key. If another request has used the key, the order is only looked up: resolves with
 * "key-reused" if none is stored under its reference. Rejects as `submit` does.
 */
export async function submitWithKey(
  pool: Pool,
  claim: IdempotencyClaim,
  { submit, recognise }: OrderWithKey,
): Promise<IntakeOutcome | "key-reused"> {
  const sql = sqlOn(pool);
  if ((await claimKey(sql, claim)).kind === "refuse") return (await recognise()) ?? "key-reused";
  // If the key can't be released, the client can use another one. The order's outcome is more important than that.
  const release = () => releaseKey(sql, claim).catch(() => undefined);
  const outcome = await submit().catch(async (error: unknown) => {
    if (isNeverWritten(error)) await release();
    throw error;
  });
  if (outcome.kind !== "accepted" && outcome.kind !== "known") await release();
  return outcome;
}
