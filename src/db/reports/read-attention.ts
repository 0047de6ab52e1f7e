// Counts what a person should look at now: low stock, rejected orders and promised units.

import type { Pool } from "pg";
import { idAt } from "./id-at.ts";

/** The numbers. */
export type Attention = {
  readonly lowAlerts: number;
  readonly outAlerts: number;
  /** Those of them whose item has no unit left. */
  readonly noneLeftAlerts: number;
  /** Open alerts without a recipient. */
  readonly untoldAlerts: number;
  readonly rejectedOrders: number;
  /** The requested units of the rejected orders. */
  readonly rejectedUnits: number;
  /** Rejected orders that were paid before, so that their payment has to be given back. */
  readonly paidRejectedOrders: number;
  readonly preOrderedUnits: number;
};

/** Reads the numbers. Rejected orders count from `since` on. Each number comes from a small index. */
export async function readAttention(pool: Pool, since: Date): Promise<Attention> {
  const { rows } = await pool.query<Attention>(
    `select alerts.*, rejected.*,
       (select coalesce(sum(i.pre_ordered), 0)::float8 from order_line i
         join "order" o on o.id = i.order_id and o.status = 'confirmed'
         where i.pre_ordered > 0) as "preOrderedUnits"
     from
       (select count(*) filter (where state = 'low') as "lowAlerts",
          count(*) filter (where state = 'out') as "outAlerts",
          count(*) filter (where case when state = 'out'
            then (select l.units from stock_level l where l.id = level_id) <= 0 end) as "noneLeftAlerts",
          count(*) filter (where recipients_missing) as "untoldAlerts"
        from stock_alert where ended_at is null) alerts,
       (select count(distinct o.id) as "rejectedOrders",
          count(distinct o.id) filter (where o.paid_at is not null) as "paidRejectedOrders",
          coalesce(sum((line ->> 1)::bigint), 0)::float8 as "rejectedUnits"
        from "order" o cross join json_array_elements(o.requested) line
        where o.status = 'rejected' and o.id >= $1::uuid) rejected`,
    [idAt(since)],
  );
  const [attention] = rows;
  if (attention === undefined) {
    throw new Error("Expected one row of numbers; got none.");
  }
  return attention;
}
