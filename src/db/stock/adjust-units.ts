// Adjusts a count by hand: after a stocktaking, for a delivery or by an import. It writes the level, its movement and
// its alert under the level's lock.

import type { Pool } from "pg";
import * as z from "zod";
import { type AdjustmentRequest, adjustStock } from "../../domain/stock/adjust-stock.ts";
import type { AlertToCheck } from "../alerts/record-transition.ts";
import { settleAlerts } from "../alerts/settle-alerts.ts";
import { type IdempotencyClaim, onceOnly } from "../idempotency.ts";
import { Refused } from "../refused.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction } from "../sql/transaction.ts";
import type { LockedLevel } from "./locked-level.ts";
import { moveUnits } from "./move-units.ts";
import { lockTracked } from "./read-holder.ts";

/** A requested adjustment. */
export type UnitsAdjustment = {
  readonly sku: string;
  readonly request: AdjustmentRequest;
  readonly kind: "adjustment" | "receipt" | "import";
  readonly actor: string;
  readonly note: string | null;
};

const adjusted = z.object({
  holder: z.object({
    sku: z.string(),
    isVariant: z.boolean(),
    units: z.number(),
    threshold: z.number().nullable(),
    sellBelowThreshold: z.boolean(),
  }),
  /** Null if the count was that already. */
  movement: z.object({ id: z.string(), at: z.string(), change: z.number() }).nullable(),
});

/** The result of an adjustment: the holder as it is now, and the movement, if there was one. */
export type Adjusted = z.output<typeof adjusted>;

/** The outcome of an adjustment, and the alerts that need a check after the commit. */
export type AdjustmentResult = {
  readonly outcome: Adjusted | "key-reused";
  readonly alerts: readonly AlertToCheck[];
};

/**
 * Adjusts a count. With a claim, the same request sent again changes nothing and gets the first result; resolves with
 * "key-reused" if its key came with another request. Throws `Refused` if it is refused; then nothing is
 * written.
 */
export function adjustUnits(
  pool: Pool,
  adjustment: UnitsAdjustment,
  claim: IdempotencyClaim | undefined,
): Promise<AdjustmentResult> {
  const attempt = () =>
    inTransaction(pool, async ({ sql }): Promise<AdjustmentResult> => {
      let alerts: readonly AlertToCheck[] = [];
      const outcome = await onceOnly(sql, claim, adjusted, async () => {
        const holder = await lockTracked(sql, adjustment.sku);
        const written = await adjust(sql, holder, adjustment);
        alerts = written.alerts;
        return adjusted.parse(written);
      });
      return { outcome, alerts };
    });
  return retryTransaction(attempt);
}

async function adjust(sql: Sql, before: LockedLevel, adjustment: UnitsAdjustment) {
  const { kind, actor, note, request, sku } = adjustment;
  const decision = adjustStock(before, request);
  if (decision.kind === "stale-count") throw new Refused({ ...decision, sku });
  if (decision.kind === "below-zero") {
    const { unitsAfter } = decision;
    const unitsInStock = before.units;
    throw new Refused({ kind: "adjustment-below-zero", sku, unitsInStock, unitsAfter });
  }
  if (decision.kind === "unchanged") return { holder: before, movement: null, alerts: [] };
  const { change, unitsAfter } = decision;
  const movement = await moveUnits(sql, {
    levelId: before.id,
    kind,
    change,
    unitsAfter,
    actor,
    note,
  });
  const holder = { ...before, units: unitsAfter };
  const alerts = await settleAlerts(sql, [{ before, after: holder }], { actor });
  return { holder, movement: { ...movement, change }, alerts };
}
