// Adjusts a count by hand: after a stocktaking, for a delivery or by an import. It writes the level, its movement and
// its alert under the level's lock.

import type { Pool } from "pg";
import * as z from "zod";
import { type AdjustmentRequest, adjustStock, isCount } from "../../domain/stock/adjust-stock.ts";
import type { StockReason } from "../../domain/stock/stock-reason.ts";
import type { AlertToCheck } from "../alerts/record-transition.ts";
import { type IdempotencyClaim, onceOnly } from "../idempotency.ts";
import { Refused } from "../refused.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import { inTransaction, type Transaction } from "../sql/transaction.ts";
import { changeUnits } from "./change-units.ts";
import type { LockedLevel } from "./locked-level.ts";
import { lockTracked } from "./read-holder.ts";

/** A requested adjustment. */
export type UnitsAdjustment = {
  readonly sku: string;
  readonly request: AdjustmentRequest;
  readonly kind: "adjustment" | "receipt" | "import";
  readonly actor: string;
  /** Why the count changes; nothing is known of it if it is left out. */
  readonly reason?: StockReason | null;
  readonly note: string | null;
};

/** The holder of a kept response. One of the last version lacks some of its settings. */
const adjustedHolder = z
  .object({
    sku: z.string(),
    isVariant: z.boolean(),
    units: z.number(),
    tracked: z.boolean().default(true),
    inUse: z.boolean().default(true),
    threshold: z.number().nullable(),
    outOfStockThreshold: z.number().nullable().optional(),
    sellBelowThreshold: z.boolean().default(false),
    allowPreOrder: z.boolean().default(false),
    allowNegativeStock: z.boolean().default(false),
  })
  .transform(({ outOfStockThreshold: given, sellBelowThreshold, ...holder }) => {
    const outOfStockThreshold = given === undefined ? (sellBelowThreshold ? 0 : null) : given;
    // Processes of the last version expect `sellBelowThreshold` in a kept response.
    return { ...holder, outOfStockThreshold, sellBelowThreshold: outOfStockThreshold === 0 };
  });

/** The schema of a kept result. */
export const adjustedSchema = z.object({
  holder: adjustedHolder,
  /** Null if the count was that already. */
  movement: z
    .object({
      id: z.string(),
      at: z.string(),
      change: z.number(),
      /** The count after the movement. Missing in results that were stored before pre-orders were served: as now. */
      unitsAfter: z.number().optional(),
      /** Missing in results that were stored before it was kept. */
      requestId: z.string().nullable().default(null),
    })
    .nullable(),
});

/** The result of an adjustment: the holder as it is now, and the movement, if there was one. */
export type Adjusted = z.output<typeof adjustedSchema>;

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
    inTransaction(pool, async (transaction): Promise<AdjustmentResult> => {
      let alerts: readonly AlertToCheck[] = [];
      const outcome = await onceOnly(transaction.sql, claim, adjustedSchema, async () => {
        const holder = await lockTracked(transaction.sql, adjustment.sku);
        const written = await adjust(transaction, holder, adjustment);
        alerts = written.alerts;
        return adjustedSchema.parse(written);
      });
      return { outcome, alerts };
    });
  return retryTransaction(attempt);
}

async function adjust(transaction: Transaction, before: LockedLevel, adjustment: UnitsAdjustment) {
  const { kind, actor, reason = null, note, request, sku } = adjustment;
  const decision = adjustStock(before, request);
  if (decision.kind === "stale-count") throw new Refused({ ...decision, sku });
  if (decision.kind === "below-zero") {
    const { unitsAfter } = decision;
    const unitsInStock = before.units;
    throw new Refused({ kind: "adjustment-below-zero", sku, unitsInStock, unitsAfter });
  }
  if (decision.kind === "unchanged") return { holder: before, movement: null, alerts: [] };
  const { change } = decision;
  const cause = { kind, actor, reason, note, isCount: isCount(kind, request) };
  const { changed, alerts } = await changeUnits(transaction, [{ level: before, change }], cause);
  const [written] = changed;
  if (written === undefined) throw new Error(`Expected a movement of ${sku}; got none.`);
  return { holder: written.level, movement: { ...written.movement, change }, alerts };
}
