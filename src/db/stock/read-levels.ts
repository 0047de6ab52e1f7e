// Reads the counts of many items, each with its place in the feed, for readers who keep a copy.

import type { Pool } from "pg";
import { inUse } from "./in-use.ts";
import { levelColumns, type LockedLevel } from "./locked-level.ts";

/** An item with its stock holder. `place` is that of the last change of the count; "0" if there was none. */
export type LevelAtPlace = LockedLevel & { readonly itemSku: string; readonly place: string };

/** Items by their SKUs; or all counts, in the order of their SKUs, after one of them. */
export type LevelSelection =
  | { readonly skus: readonly string[] }
  | { readonly after: string | undefined; readonly limit: number };

const columns = /* sql */ `item.sku as "itemSku", ${levelColumns},
  coalesce((select max(m.id) from movement m where m.level_id = l.id), 0)::text as place`;

/** Reads the levels without a lock, in the order of their SKUs. Unknown items and those without a count are left out. */
export async function readLevels(
  pool: Pool,
  selection: LevelSelection,
): Promise<readonly LevelAtPlace[]> {
  if ("skus" in selection) {
    const { rows } = await pool.query<LevelAtPlace>(
      `select ${columns} from stock_level item join stock_level l on l.id = coalesce(item.defers_to, item.id)
       where item.sku = any ($1::text[]) and not item.retired and l.tracked order by item.sku`,
      [selection.skus],
    );
    return rows;
  }
  const { rows } = await pool.query<LevelAtPlace>(
    `select ${columns} from stock_level item join stock_level l on l.id = item.id
     where l.tracked and ${inUse("l")} and ($1::text is null or item.sku > $1) order by item.sku limit $2`,
    [selection.after ?? null, selection.limit],
  );
  return rows;
}
