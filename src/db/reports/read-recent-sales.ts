// Counts what each item of a product sold lately, for suggestions of its thresholds.

import type { Pool } from "pg";
import type { RecentSales } from "../../domain/stock/suggest-thresholds.ts";
import { inUse } from "../stock/in-use.ts";
import { ledgerSince, soldSince } from "../stock/ledger-since.ts";

/** The recent sales of one item with units of its own. */
export type ItemSales = RecentSales & { readonly sku: string };

/**
 * Reads the sales of the last `daysMax` days of each stock level of a product that is in use, the product's own first. An
 * item whose ledger began later has fewer days, at least one. Resolves with an empty list if there is no such product, or
 * if its stock is not tracked.
 */
export async function readRecentSales(
  pool: Pool,
  productSku: string,
  daysMax: number,
): Promise<ItemSales[]> {
  const { rows } = await pool.query<ItemSales>({
    name: "read-recent-sales",
    text: `with recursive level as (
        select l.id, l.sku, l.variant_id from product p join stock_level l on l.product_id = p.id
        where p.sku = $1 and p.deleted_at is null and l.tracked and ${inUse("l")}
      ),
      ${ledgerSince("select id, now() - $2::integer * interval '1 day' from level")},
      sold as (${soldSince})
      select level.sku, sold.units as "unitsSold",
        least($2::integer, greatest(1, ceil(extract(epoch from now() - coalesce(
          (select m.at from movement m where m.level_id = level.id order by m.id limit 1), now()))
          / 86400)))::integer as days
      from level join sold on sold.level_id = level.id
      order by level.variant_id nulls first`,
    values: [productSku, daysMax],
  });
  return rows;
}
