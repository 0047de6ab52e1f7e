// Deletes the sales of the month that is being closed, a portion at a time. The database adds up in each balance what the
// same statement deletes, so the books balance after each portion.

import type { Pool } from "pg";
import { inTransaction } from "../sql/transaction.ts";
import { forgetPlaces } from "./begin-month.ts";

/** A portion: how many sales are gone, how many movements were looked at, and whether more are to be looked at. */
export type RemovedSales = {
  readonly removed: number;
  readonly seen: number;
  readonly hasMore: boolean;
};

/**
 * A condition: sale `m` of month `c` can go. It stays if nothing but allocations follows it in its level's month, because reads
 * look for the count before a moment, and an audit for the movement before an allocation. It stays if an alert names it, or
 * if its order may still need it, has sales in another month, or takes units later. An order that could expire could be taken
 * again, and one that waits for promised units takes them.
 */
const isRemovable = /* sql */ `m.kind = 'sale'
  and exists (select from movement later where later.level_id = m.level_id and later.id > m.id and later.id <= c.up_to
    and later.kind <> 'allocation')
  and exists (select from "order" o where o.id = m.order_id and not o.retaken
    and o.decided_at <= c.last_at + interval '1 minute'
    and (o.status in ('cancelled', 'refunded') or (o.status = 'expired' and not o.retakeable)
      or (o.status = 'confirmed' and (o.pay_by is null or o.paid_at is not null))))
  and not exists (select from alert_news n where n.order_id = m.order_id and n.level_id = m.level_id)
  and not exists (select from movement s where s.order_id = m.order_id and s.kind = 'sale'
    and (s.id <= c.after or s.id > c.up_to))
  and not exists (select from order_line l where l.order_id = m.order_id and l.pre_ordered > 0)
  and not exists (select from movement a where a.order_id = m.order_id and a.kind = 'allocation' and a.id > c.up_to)`;

/** Looks at the next `limit` movements, and deletes the sales among them that can go. The last portion closes the month. */
export function removeSales(pool: Pool, limit: number): Promise<RemovedSales> {
  return inTransaction(pool, async ({ sql }) => {
    await sql("select from closed_month where closed_at is null for update");
    const [closing] = await sql<{ month: string; from: string; to: string | null; seen: number }>(
      `select c.month::text as month, c.removed_to::text as "from", portion.to::text as "to", portion.seen
       from closed_month c cross join lateral (
         select max(id) as to, count(*)::integer as seen from (
           select id from movement where id + 0 > c.removed_to and id + 0 <= c.up_to order by id + 0 limit $1) p) portion
       where c.closed_at is null`,
      [limit],
    );
    if (closing === undefined) return { removed: 0, seen: 0, hasMore: false };
    const { month, from, to, seen } = closing;
    if (to === null) {
      await sql(
        "update closed_month set closed_at = clock_timestamp(), removed_to = up_to where month = $1",
        [month],
      );
      await forgetPlaces(sql);
      return { removed: 0, seen, hasMore: false };
    }
    const gone = await sql(
      `delete from movement m using closed_month c
       where c.month = $1 and m.id + 0 > $2::bigint and m.id + 0 <= $3::bigint and ${isRemovable} returning 1`,
      [month, from, to],
    );
    await sql("update closed_month set removed_to = $2::bigint where month = $1", [month, to]);
    return { removed: gone.length, seen, hasMore: true };
  });
}
