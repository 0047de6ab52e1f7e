// Writes changes of counts other than sales. One statement writes the levels and their movements, so that there is never
// one without the other. Sales are written with their orders, in apply-plan.ts.

import type { MovementKind } from "../../domain/stock/movement-kind.ts";
import type { StockReason } from "../../domain/stock/stock-reason.ts";
import { currentRequestId } from "../request-scope.ts";
import { arrayLiteral, textArrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";
import { noteMovements } from "./movement-counts.ts";

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
  /** Whether somebody counted `unitsAfter` units. */
  readonly isCount?: boolean;
  /** The id of the movement of this level that it undoes. */
  readonly undoes?: string;
};

/** The new entry of the ledger. `at` is an RFC 3339 time. */
export type WrittenMovement = {
  readonly id: string;
  readonly at: string;
  readonly requestId: string | null;
};

/**
 * Moves units. The caller has locked the levels. A level may be moved several times; its moves are given in their order,
 * and their ids ascend. Resolves with the movements in the order of the moves. Rejects with SQLSTATE 23514 if a count may
 * not be below zero and would be in the end.
 */
export async function moveUnits(
  sql: Sql,
  moves: readonly UnitsMove[],
): Promise<readonly WrittenMovement[]> {
  if (moves.length === 0) return [];
  const requestId = currentRequestId();
  const counts = new Map(moves.map(({ levelId, unitsAfter }) => [levelId, unitsAfter]));
  const rows = await sql<{ id: string; at: string; levelId: number }>(
    `with level as (
       update stock_level s set units = l.units
       from unnest($1::integer[], $2::bigint[]) as l (id, units) where s.id = l.id
     )
     insert into movement (level_id, kind, change, units_after, order_id, actor, note, reason, request_id, counted_units,
       undoes)
     select level_id, kind, change, units_after, order_id, actor, note, reason, $11::text, counted_units, undoes
     from unnest($3::integer[], $4::text[], $5::bigint[], $6::bigint[], $7::uuid[], $8::text[], $9::text[],
         $10::text[], $12::bigint[], $13::bigint[]) with ordinality
       as m (level_id, kind, change, units_after, order_id, actor, note, reason, counted_units, undoes, place)
     order by place
     returning id::text as id, to_json(at) #>> '{}' as at, level_id as "levelId"`,
    [
      arrayLiteral(counts.keys()),
      arrayLiteral(counts.values()),
      arrayLiteral(moves.map(({ levelId }) => levelId)),
      arrayLiteral(moves.map(({ kind }) => kind)),
      arrayLiteral(moves.map(({ change }) => change)),
      arrayLiteral(moves.map(({ unitsAfter }) => unitsAfter)),
      arrayLiteral(moves.map(({ orderId }) => orderId ?? "NULL")),
      textArrayLiteral(moves.map(({ actor }) => actor)),
      textArrayLiteral(moves.map(({ note }) => note)),
      arrayLiteral(moves.map(({ reason }) => reason ?? "NULL")),
      requestId,
      arrayLiteral(
        moves.map(({ isCount, unitsAfter }) => (isCount === true ? unitsAfter : "NULL")),
      ),
      arrayLiteral(moves.map(({ undoes }) => undoes ?? "NULL")),
    ],
  );
  for (const { kind } of moves) noteMovements(sql, kind, 1);
  // Ids ascend in the order of the moves; PostgreSQL does not promise to return the rows in that order.
  const written = rows.toSorted((a, b) => Number(a.id) - Number(b.id));
  return moves.map(({ levelId }, index) => {
    const row = written[index];
    if (row?.levelId !== levelId) {
      throw new Error(
        `Expected a new movement of level ${levelId}; got ${row?.levelId ?? "none"}.`,
      );
    }
    return { id: row.id, at: new Date(row.at).toISOString(), requestId };
  });
}
