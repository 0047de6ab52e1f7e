// Undoes a movement by another one of the opposite change, under the level's lock.

import type { Pool } from "pg";
import type { MovementKind } from "../../domain/stock/movement-kind.ts";
import { undoMovement } from "../../domain/stock/undo-movement.ts";
import type { StockReason } from "../../domain/stock/stock-reason.ts";
import { type IdempotencyClaim, onceOnly } from "../idempotency.ts";
import { Refused } from "../refused.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction } from "../sql/transaction.ts";
import { type AdjustmentResult, adjustedSchema } from "./adjust-units.ts";
import { changeUnits } from "./change-units.ts";
import { undoColumns } from "./list-movements.ts";
import { lockTracked } from "./read-holder.ts";

/** A requested undo. `id` is a movement of the ledger that the item has now. */
export type UnitsUndo = {
  readonly sku: string;
  readonly id: string;
  readonly actor: string;
  readonly note: string | null;
};

/** Why an undo changes a count: the entry that it undoes was wrong. */
export const undoReason = "correction" satisfies StockReason;

/**
 * Undoes a movement. With a claim, the same request sent again changes nothing and gets the first result; resolves with
 * "key-reused" if its key came with another request. Throws `Refused` if it is refused; then nothing is written.
 */
export function undoUnits(
  pool: Pool,
  { sku, id, actor, note }: UnitsUndo,
  claim: IdempotencyClaim | undefined,
): Promise<AdjustmentResult> {
  const attempt = () =>
    inTransaction(pool, async (transaction): Promise<AdjustmentResult> => {
      let alerts: AdjustmentResult["alerts"] = [];
      const { sql } = transaction;
      const outcome = await onceOnly(sql, claim, adjustedSchema, async () => {
        const level = await lockTracked(sql, sku);
        const movement = await readMovement(sql, level.id, id);
        if (movement === undefined)
          throw new Refused({ kind: "unknown", what: "movement", key: id });
        const decision = undoMovement(level, movement);
        if (decision.kind === "of-an-order") {
          throw new Refused({ kind: "not-undoable", movement: decision.movement });
        }
        if (decision.kind === "undone-before") {
          throw new Refused({ kind: "undone-before", id, by: decision.by });
        }
        if (decision.kind === "below-zero") {
          const { unitsAfter } = decision;
          const unitsInStock = level.units;
          throw new Refused({ kind: "adjustment-below-zero", sku, unitsInStock, unitsAfter });
        }
        const { change } = decision;
        const cause = { kind: "adjustment", actor, reason: undoReason, note, undoes: id } as const;
        const { changed, alerts: news } = await changeUnits(
          transaction,
          [{ level, change }],
          cause,
        );
        alerts = news;
        const [written] = changed;
        if (written === undefined) throw new Error(`Expected a movement of ${sku}; got none.`);
        return adjustedSchema.parse({
          holder: written.level,
          movement: { ...written.movement, change },
        });
      });
      return { outcome, alerts };
    });
  return retryTransaction(attempt);
}

/** A movement of the level. Its level is locked, so nobody undoes it meanwhile. */
async function readMovement(sql: Sql, levelId: number, id: string) {
  const [movement] = await sql<{ kind: MovementKind; change: number; undoneBy: string | null }>(
    `select m.kind, m.change, ${undoColumns} from movement m where m.level_id = $1 and m.id = $2::bigint`,
    [levelId, id],
  );
  return movement;
}
