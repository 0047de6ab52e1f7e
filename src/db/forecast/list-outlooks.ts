// Reads the stock holders of a product with what their outlook is made of: promises, deliveries, the open alert, and the
// last days of the ledger.

import type { Pool } from "pg";
import { demandDays } from "../../domain/forecast/demand.ts";
import type { LedgerDay } from "../../domain/forecast/days-in-stock.ts";
import { incomingOf, type StoredIncoming } from "../receiving/incoming.ts";
import { inUse } from "../stock/in-use.ts";
import { levelColumns, type LockedLevel } from "../stock/locked-level.ts";
import { readLedgerDays } from "./read-ledger-days.ts";
import { type ReorderSettings, reorderSettings } from "./reorder-settings.ts";
import { waitingUnitsOf } from "./waiting-units.ts";

/** A holder with what its outlook is made of. `days` are the last `demandDays` days, the oldest first. */
export type HolderOutlook = LockedLevel &
  ReorderSettings & {
    /** The variant's name; null for the product's own count. */
    readonly variantName: string | null;
    /** Promised units that wait. */
    readonly waiting: number;
    readonly incoming: StoredIncoming | null;
    readonly openAlert: {
      readonly id: string;
      readonly state: "low" | "out";
      readonly openedAt: string;
    } | null;
    readonly days: readonly LedgerDay[];
  };

/** A page. `after` is the id of the last level before it. */
export type OutlookPage = { readonly after: number | undefined; readonly limit: number };

/**
 * Reads up to `limit` counts of a product that are in use, its own first. Resolves with an empty list if there is no such
 * product, or if its stock is not tracked. No level is locked.
 */
export async function listOutlooks(
  pool: Pool,
  productSku: string,
  { after, limit }: OutlookPage,
): Promise<HolderOutlook[]> {
  const { rows } = await pool.query<Omit<HolderOutlook, "days">>(
    `select ${levelColumns}, v.name as "variantName", ${waitingUnitsOf("l")} as waiting, ${incomingOf("l")} as incoming,
       (select json_build_object('id', a.id, 'state', a.state, 'openedAt', a.opened_at)
        from stock_alert a where a.level_id = l.id and a.ended_at is null) as "openAlert", ${reorderSettings("null")}
     from product p join stock_level l on l.product_id = p.id left join variant v on v.id = l.variant_id
     where p.sku = $1 and p.deleted_at is null and l.tracked and ${inUse("l")} and l.id > $2
       and not (l.variant_id is null and ${allHaveOwn})
     order by l.id limit $3`,
    [productSku, after ?? 0, limit],
  );
  const days = await readLedgerDays(
    pool,
    rows.map(({ id }) => id),
    demandDays,
  );
  return rows.map((row) => ({ ...row, days: days.get(row.id) ?? [] }));
}

/** Whether the product has variants, and each has a count of its own: nothing is sold from the product's. */
const allHaveOwn = /* sql */ `(
  exists (select from stock_level own where own.product_id = p.id and own.variant_id is not null and ${inUse("own")})
  and not exists (select from stock_level shared where shared.product_id = p.id and shared.defers_to = l.id and not shared.retired))`;
