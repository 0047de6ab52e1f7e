// What a mail about an alert says: the alert with its item, and who gets the mail.

import { incomingOf, type StoredIncoming } from "../receiving/incoming.ts";
import type { AlertState } from "../../domain/stock/stock-holder.ts";
import { ledgerSince, soldSince } from "../stock/ledger-since.ts";
import { inUse } from "../stock/in-use.ts";
import type { Sql } from "../sql/sql.ts";

/** What a mail about an alert says, apart from its news and its recipient. */
export type AlertStory = {
  readonly alertId: string;
  readonly openedAt: Date;
  readonly product: { readonly sku: string; readonly name: string };
  readonly variant: { readonly sku: string; readonly name: string } | null;
  readonly soldLast7Days: number;
  readonly incoming: StoredIncoming | null;
  readonly storeName: string;
};

/** A locked alert, with its item as it is now. `state` is null if it has ended. */
export type LockedAlert = {
  readonly id: string;
  readonly state: AlertState | null;
  readonly openedAt: Date;
  readonly levelId: number;
  readonly inUse: boolean;
  readonly snoozedUntil: Date | null;
  readonly units: number;
  /** Whether a process of an older version wrote news that are not in `alert_news`. */
  readonly hasOldNews: boolean;
  readonly productSku: string;
  readonly productName: string;
  readonly variantSku: string | null;
  readonly variantName: string | null;
  readonly storeName: string;
};

/** Locks an alert, so that it is checked once at a time. Resolves with undefined if there is none. */
export async function lockAlert(sql: Sql, id: string): Promise<LockedAlert | undefined> {
  const rows = await sql<LockedAlert>(
    `select a.id, case when a.ended_at is null then a.state end as state, a.opened_at as "openedAt",
       a.level_id as "levelId", ${inUse("l")} as "inUse", l.units,
       a.snoozed_until as "snoozedUntil", a.opened_checked_at is null or (a.escalated_at is not null and a.escalated_checked_at is null)
         as "hasOldNews",
       p.sku as "productSku", p.name as "productName", v.sku as "variantSku",
       v.name as "variantName", (select name from store) as "storeName"
     from stock_alert a join stock_level l on l.id = a.level_id
       join product p on p.id = l.product_id left join variant v on v.id = l.variant_id
     where a.id = $1 for update of a`,
    [id],
  );
  return rows[0];
}

/** Reads the rest of the story of an alert: how fast its item sells. */
export async function readStory(sql: Sql, alert: LockedAlert): Promise<AlertStory> {
  const rows = await sql<{ sold: number; incoming: StoredIncoming | null }>(
    `with recursive ${ledgerSince("select $1::integer, now() - interval '7 days'")}
     select sold.units as sold, ${incomingOf("l")} as incoming
     from (${soldSince}) sold join stock_level l on l.id = sold.level_id`,
    [alert.levelId],
  );
  const { variantSku, variantName } = alert;
  return {
    alertId: alert.id,
    openedAt: alert.openedAt,
    product: { sku: alert.productSku, name: alert.productName },
    variant:
      variantSku !== null && variantName !== null ? { sku: variantSku, name: variantName } : null,
    soldLast7Days: rows[0]?.sold ?? 0,
    incoming: rows[0]?.incoming ?? null,
    storeName: alert.storeName,
  };
}
