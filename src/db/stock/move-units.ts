// Writes a change of a count by hand: the level and its movement in one statement, so that neither is ever
// without the other. Sales are written for whole batches at once, in apply-plan.ts.

import type { Sql } from "../sql/sql.ts";

/** A change of a locked level. `unitsAfter` is what the level then holds. */
export type UnitsMove = {
  readonly levelId: number;
  readonly kind: "restock" | "adjustment" | "receipt" | "import";
  readonly change: number;
  readonly unitsAfter: number;
  /** The order that a restock belongs to; the other kinds have none. */
  readonly orderId?: string;
  readonly actor: string;
  readonly note: string | null;
};

/** The entry that the ledger got. `at` is RFC 3339. */
export type WrittenMovement = { readonly id: string; readonly at: string };

/** Moves units. The caller holds the level's lock; the database refuses a count that may not be. */
export async function moveUnits(sql: Sql, move: UnitsMove): Promise<WrittenMovement> {
  const rows = await sql<{ id: string; at: string }>(
    `with level as (update stock_level set units = $3 where id = $1)
     insert into movement (level_id, kind, change, units_after, order_id, actor, note)
     values ($1, $2, $4, $3, $5, $6, $7)
     returning id::text as id, to_json(at) #>> '{}' as at`,
    [
      move.levelId,
      move.kind,
      move.unitsAfter,
      move.change,
      move.orderId ?? null,
      move.actor,
      move.note,
    ],
  );
  const [written] = rows;
  if (written === undefined) throw new Error(`No movement of level ${move.levelId} was written.`);
  return { id: written.id, at: new Date(written.at).toISOString() };
}
