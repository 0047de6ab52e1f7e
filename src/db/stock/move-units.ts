// Writes a change of a count by hand. One statement writes the level and its movement, so that there is never one
// without the other. Sales are written for a whole batch at once, in apply-plan.ts.

import type { MovementKind } from "../../domain/stock/movement-kind.ts";
import type { StockReason } from "../../domain/stock/stock-reason.ts";
import type { Sql } from "../sql/sql.ts";

/** A change of a locked level. `unitsAfter` is its count after the change. */
export type UnitsMove = {
  readonly levelId: number;
  readonly kind: Exclude<MovementKind, "sale" | "allocation">;
  readonly change: number;
  readonly unitsAfter: number;
  /** The id of the order that a restock or a release belongs to. The other kinds have none. */
  readonly orderId?: string;
  readonly actor: string;
  readonly reason: StockReason | null;
  readonly note: string | null;
};

/** The new entry of the ledger. `at` is an RFC 3339 time. */
export type WrittenMovement = { readonly id: string; readonly at: string };

/**
 * Moves units. The caller has locked the level. Rejects with SQLSTATE 23514 if the count may not be below zero and
 * would be.
 */
export async function moveUnits(sql: Sql, move: UnitsMove): Promise<WrittenMovement> {
  const rows = await sql<{ id: string; at: string }>(
    `with level as (update stock_level set units = $3 where id = $1)
     insert into movement (level_id, kind, change, units_after, order_id, actor, note, reason)
     values ($1, $2, $4, $3, $5, $6, $7, $8)
     returning id::text as id, to_json(at) #>> '{}' as at`,
    [
      move.levelId,
      move.kind,
      move.unitsAfter,
      move.change,
      move.orderId ?? null,
      move.actor,
      move.note,
      move.reason,
    ],
  );
  const [written] = rows;
  if (written === undefined)
    throw new Error(`Expected one new movement of level ${move.levelId}; got none.`);
  return { id: written.id, at: new Date(written.at).toISOString() };
}
