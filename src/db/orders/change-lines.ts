// Writes what an order gives up, and what comes back of it. The database refuses more than a line has.

import { arrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";

/** By how many units the counts of a line rise; 0 if left out. Promised units fall by those that are released. */
export type LineChange = {
  readonly line: number;
  readonly cancelled?: number;
  readonly refunded?: number;
  readonly released?: number;
  readonly restocked?: number;
};

/**
 * Changes lines of a locked order. Rejects with SQLSTATE 23514 if more would be given up or come back than a line has.
 */
export async function changeLines(
  sql: Sql,
  id: string,
  changes: readonly LineChange[],
): Promise<void> {
  const each = (read: (change: LineChange) => number | undefined) =>
    arrayLiteral(changes.map((change) => read(change) ?? 0));
  await sql(
    `update order_line l set cancelled = l.cancelled + c.cancelled, refunded = l.refunded + c.refunded,
       released = l.released + c.released, pre_ordered = l.pre_ordered - c.released,
       restocked = l.restocked + c.restocked
     from unnest($2::smallint[], $3::integer[], $4::integer[], $5::integer[], $6::integer[])
       as c (line, cancelled, refunded, released, restocked)
     where l.order_id = $1 and l.line = c.line`,
    [
      id,
      each(({ line }) => line),
      each(({ cancelled }) => cancelled),
      each(({ refunded }) => refunded),
      each(({ released }) => released),
      each(({ restocked }) => restocked),
    ],
  );
}
