// Reads the month that is being closed: an earlier run was stopped, or one is under way.

import type { Pool } from "pg";

/** A month that is being closed. `left` is how many of its movements have not been looked at. */
export type ClosingMonth = {
  readonly name: string;
  readonly file: string;
  readonly digest: string;
  readonly left: number;
};

/** Reads it; null if there is none. */
export async function readClosing(pool: Pool): Promise<ClosingMonth | null> {
  const { rows } = await pool.query<ClosingMonth>(
    `select to_char(month, 'YYYY-MM') as name, file, digest, (select count(*) from movement
       where id + 0 > c.removed_to and id + 0 <= c.up_to) as left
     from closed_month c where closed_at is null`,
  );
  return rows[0] ?? null;
}

/** What became of a closed month. */
export type ClosedCounts = {
  readonly movements: number;
  readonly removed: number;
  readonly levels: number;
  readonly digest: string;
};

/** Reads the counts of a closed month. */
export async function readClosedCounts(pool: Pool, name: string): Promise<ClosedCounts> {
  const { rows } = await pool.query<ClosedCounts>(
    `select c.movements, c.levels, c.digest, (select sum(removed)::bigint from closed_balance b where b.month = c.month) as removed
     from closed_month c where month = $1::date`,
    [`${name}-01`],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`Expected the closed month ${name}; there is none.`);
  return row;
}
