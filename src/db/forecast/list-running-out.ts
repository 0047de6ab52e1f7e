// Lists the items that run out, those with the fewest days left first. The demand of each is what the sweeper found last,
// so no ledger is read; the count is that of now.

import type { Pool } from "pg";
import { incomingOf, type StoredIncoming } from "../receiving/incoming.ts";
import { inUse } from "../stock/in-use.ts";
import { levelColumns, type LockedLevel } from "../stock/locked-level.ts";
import { keptBack } from "../stock/state-in-sql.ts";
import { type ReorderSettings, reorderSettings, setLeadDays } from "./reorder-settings.ts";
import { waitingUnitsOf } from "./waiting-units.ts";

/** An item that runs out. */
export type RunningOut = LockedLevel &
  ReorderSettings & {
    readonly productSku: string;
    readonly productName: string;
    readonly variantName: string | null;
    readonly daysLeft: number;
    readonly waiting: number;
    readonly incoming: StoredIncoming | null;
    readonly foundAt: Date;
    readonly unitsSold: number;
    readonly unitsSoldInWeek: number;
    readonly unitsPerDay: number;
    readonly daysInStock: number;
    readonly unevenness: number;
  };

/**
 * A page of the items that run out within `days` days, or before a delivery could arrive. `leadDays` is the lead time of
 * those that have none of their own. `after` has days left and level of the last one before it.
 */
export type RunningOutPage = {
  readonly days: number;
  readonly leadDays: number | undefined;
  readonly after: readonly [daysLeft: number, levelId: number] | undefined;
  readonly limit: number;
};

/** Reads up to `limit` items. Items that nobody bought lately are left out. */
export async function listRunningOut(
  pool: Pool,
  { days, leadDays, after, limit }: RunningOutPage,
): Promise<RunningOut[]> {
  const { rows } = await pool.query<RunningOut>(
    `with running_out as (
       select o.*, ${setLeadDays} as lead_days, greatest(0, l.units - ${keptBack("l")}) / o.units_per_day as days_left
       from level_outlook o join stock_level l on l.id = o.level_id
         join product p on p.id = l.product_id left join variant v on v.id = l.variant_id
       where o.units_per_day > 0 and l.tracked and l.enabled and ${inUse("l")}
     ), page as (
       select * from running_out r
       where r.days_left <= greatest($1::float8, r.lead_days)
         and ($2::float8 is null or (r.days_left, r.level_id) > ($2::float8, $3::integer))
       order by r.days_left, r.level_id limit $4
     )
     select ${levelColumns}, p.sku as "productSku", p.name as "productName", v.name as "variantName",
       r.days_left as "daysLeft", ${waitingUnitsOf("l")} as waiting, ${incomingOf("l")} as incoming,
       r.found_at as "foundAt", r.units_sold as "unitsSold", r.units_sold_in_week as "unitsSoldInWeek",
       r.units_per_day as "unitsPerDay", r.days_in_stock as "daysInStock", r.unevenness, ${reorderSettings("$5")}
     from page r join stock_level l on l.id = r.level_id join product p on p.id = l.product_id
       left join variant v on v.id = l.variant_id
     order by r.days_left, r.level_id`,
    [days, after?.[0] ?? null, after?.[1] ?? null, limit, leadDays ?? null],
  );
  return rows;
}
