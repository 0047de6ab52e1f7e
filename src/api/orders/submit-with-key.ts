// Submits a new order under its `Idempotency-Key`. An order is stored in one statement with the orders of other requests,
// so its key can't be claimed in the same transaction: it is claimed before, and given back if the order was not stored.
// No response is kept. A repetition finds the order by its reference and so gets the order's state of today.

import type { Pool } from "pg";
import { claimKey, type IdempotencyClaim, releaseKey } from "../../db/idempotency.ts";
import type { IntakeOutcome } from "../../db/orders/insert-orders.ts";
import { sqlOn } from "../../db/sql/sql.ts";
import { isNeverWritten } from "../../flow/batcher-errors.ts";

/**
 * Submits an order under its key. Resolves with "key-reused" if the key came with another request. Rejects as `submit`
 * does. Without a claim it only submits.
 */
export async function submitWithKey(
  pool: Pool,
  claim: IdempotencyClaim | undefined,
  submit: () => Promise<IntakeOutcome>,
): Promise<IntakeOutcome | "key-reused"> {
  if (claim === undefined) return submit();
  const sql = sqlOn(pool);
  if ((await claimKey(sql, claim)).kind === "refuse") return "key-reused";
  // If the key can't be given back, the client can use another one. The order's outcome matters more than that failure.
  const release = () => releaseKey(sql, claim).catch(() => undefined);
  const outcome = await submit().catch(async (error: unknown) => {
    if (isNeverWritten(error)) await release();
    throw error;
  });
  if (outcome.kind !== "accepted" && outcome.kind !== "known") await release();
  return outcome;
}
