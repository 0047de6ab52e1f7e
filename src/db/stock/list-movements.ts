// Reads a holder's ledger, newest entry first.

import type { Pool } from "pg";
import type { MovementKind } from "../../domain/stock/movement-kind.ts";
import type { StockReason } from "../../domain/stock/stock-reason.ts";

/** One entry of the ledger. */
export type StoredMovement = {
  readonly id: string;
  readonly kind: MovementKind;
  readonly change: number;
  readonly unitsAfter: number;
  readonly at: Date;
  readonly actor: string | null;
  readonly reason: StockReason | null;
  readonly note: string | null;
  /** The id of the request that caused it; of the order's request if it is a sale. */
  readonly requestId: string | null;
  readonly order: { readonly id: string; readonly reference: string } | null;
  /** What somebody counted; null if the count was changed otherwise. */
  readonly countedUnits: number | null;
  /** The id of the movement that this one undid. */
  readonly undoes: string | null;
  /** The id of the movement that undid this one. */
  readonly undoneBy: string | null;
};

/** The last three columns of a `StoredMovement`, of a `movement` row that the statement calls `m`. */
export const undoColumns = /* sql */ `m.counted_units as "countedUnits", m.undoes::text as undoes,
  (select u.id::text from movement u where u.level_id = m.level_id and u.undoes = m.id) as "undoneBy"`;

/**
 * Reads up to `limit` movements of a level, newest first. With `before`, an id, it reads those before that movement.
 */
export async function listMovements(
  pool: Pool,
  levelId: number,
  page: { readonly before: string | undefined; readonly limit: number },
): Promise<StoredMovement[]> {
  const { rows } = await pool.query<StoredMovement>({
    name: "list-movements",
    text: `select m.id::text as id, m.kind, m.change, m.units_after as "unitsAfter", m.at, m.actor, m.reason, m.note,
        coalesce(m.request_id, case when m.actor is null then o.request_id end) as "requestId",
        ${undoColumns},
        case when o.id is not null then json_build_object('id', o.id, 'reference', o.reference) end as "order"
      from movement m left join "order" o on o.id = m.order_id
      where m.level_id = $1 and m.id < coalesce($2::bigint, 9223372036854775807)
      order by m.id desc limit $3`,
    values: [levelId, page.before ?? null, page.limit],
  });
  return rows;
}
