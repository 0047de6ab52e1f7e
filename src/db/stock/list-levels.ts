// Lists the counts of all tracked products and variants by SKU, page by page.

import type { Pool } from "pg";
import { inUse } from "./in-use.ts";
import { levelColumns, type LockedLevel } from "./locked-level.ts";

/** Reads up to `limit` levels, in the order of their SKUs, after the SKU `after`. */
export async function listLevels(
  pool: Pool,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<LockedLevel[]> {
  const { rows } = await pool.query<LockedLevel>(
    `select ${levelColumns} from stock_level l
     where l.tracked and ${inUse("l")} and ($1::text is null or l.sku > $1) order by l.sku limit $2`,
    [after ?? null, limit],
  );
  return rows;
}
