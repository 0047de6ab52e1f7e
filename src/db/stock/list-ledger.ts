// Lists the ledger of all stock holders, page by page: one holder after the other, the oldest movement first.

import type { Pool } from "pg";
import { type StoredMovement, undoColumns } from "./list-movements.ts";

/** A movement with the level that it changed. `sku` is the holder's. */
export type LedgerEntry = StoredMovement & { readonly levelId: number; readonly sku: string };

/** The movements of a page: those of one level, or of all. `after` has the level and id of the last one before it. */
export type LedgerSelection = {
  readonly levelId: number | undefined;
  readonly after: readonly [levelId: number, id: string] | undefined;
  readonly limit: number;
};

/** Reads up to `limit` movements. */
export async function listLedger(pool: Pool, selection: LedgerSelection): Promise<LedgerEntry[]> {
  const { levelId, after, limit } = selection;
  const values: unknown[] = [limit, after?.[0] ?? 0, after?.[1] ?? "0"];
  const ofLevel = levelId === undefined ? "" : `and m.level_id = $${values.push(levelId)}`;
  const { rows } = await pool.query<LedgerEntry>(
    `select m.level_id as "levelId", l.sku, m.id::text as id, m.kind, m.change, m.units_after as "unitsAfter", m.at,
       m.actor, m.reason, m.note, ${undoColumns},
       coalesce(m.request_id, case when m.actor is null then o.request_id end) as "requestId",
       case when o.id is not null then json_build_object('id', o.id, 'reference', o.reference) end as "order"
     from (select * from movement m where (m.level_id, m.id) > ($2::integer, $3::bigint) ${ofLevel}
         order by m.level_id, m.id limit $1) m
       join stock_level l on l.id = m.level_id left join "order" o on o.id = m.order_id
     order by m.level_id, m.id`,
    values,
  );
  return rows;
}
