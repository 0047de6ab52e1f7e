// Finds products' own counts of which nothing is sold, because all their variants have counts of their own. Such a count
// is never low.

import type { Sql } from "../sql/sql.ts";

/** Resolves with those of the levels, by id, of which nothing is sold. Edits of a product lock all its levels. */
export async function findUnsoldCounts(
  sql: Sql,
  levelIds: readonly number[],
): Promise<ReadonlySet<number>> {
  if (levelIds.length === 0) return new Set();
  const rows = await sql<{ id: number }>(
    `select l.id from stock_level l
     where l.id = any ($1::integer[]) and l.variant_required and not exists (
       select from stock_level item
       where item.product_id = l.product_id and item.defers_to = l.id and not item.retired)`,
    [levelIds],
  );
  return new Set(rows.map(({ id }) => id));
}
