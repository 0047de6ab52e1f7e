// Finds the stock levels whose demand was not looked for lately.

import type { Pool } from "pg";
import { inUse } from "../stock/in-use.ts";
import { levelColumns, type LockedLevel } from "../stock/locked-level.ts";

/** How long a demand is kept, as a PostgreSQL interval. It is of 28 days, so it changes little within hours. */
const kept = "6 hours";

/** A page of the levels: those after the level `after`, at most `limit`. */
export type LevelPage = { readonly after: number; readonly limit: number };

/** Reads a page of levels that are in use, in ascending id, without a lock. */
export async function findStaleOutlooks(
  pool: Pool,
  { after, limit }: LevelPage,
): Promise<readonly LockedLevel[]> {
  const { rows } = await pool.query<LockedLevel>(
    `select ${levelColumns} from stock_level l left join level_outlook o on o.level_id = l.id
     where l.id > $1::integer and l.tracked and ${inUse("l")}
       and (o.found_at is null or o.found_at < now() - interval '${kept}')
     order by l.id limit $2::integer`,
    [after, limit],
  );
  return rows;
}
