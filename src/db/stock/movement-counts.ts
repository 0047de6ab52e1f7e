// Counts the movements that this process wrote, for the metrics. Those of a transaction count when it has committed.

import { type MovementKind, movementKinds } from "../../domain/stock/movement-kind.ts";
import type { Sql } from "../sql/sql.ts";

const committed = new Map<MovementKind, number>(movementKinds.map((kind) => [kind, 0]));

/** What open transactions wrote. One that is rolled back is forgotten with its `Sql`. */
const open = new WeakMap<Sql, Map<MovementKind, number>>();

/** Notes movements that the transaction of `sql` has written, or has sent. */
export function noteMovements(sql: Sql, kind: MovementKind, count: number): void {
  if (count === 0) return;
  const noted = open.get(sql);
  if (noted === undefined) open.set(sql, new Map([[kind, count]]));
  else noted.set(kind, (noted.get(kind) ?? 0) + count);
}

/** Counts what was noted for a transaction. Call it once, after the commit. */
export function countMovements(sql: Sql): void {
  const noted = open.get(sql);
  if (noted === undefined) return;
  for (const [kind, count] of noted) committed.set(kind, (committed.get(kind) ?? 0) + count);
}

/** How many movements this process has committed, by kind. */
export function movementCounts(): ReadonlyMap<MovementKind, number> {
  return committed;
}
