// Counts for each hour the orders, the rejected ones, and the units of the confirmed ones.

import type { Pool } from "pg";
import { idAt } from "./id-at.ts";

/** The counts of the hour that begins at `at`. */
export type HourCount = {
  readonly at: Date;
  readonly orders: number;
  readonly rejected: number;
  readonly units: number;
};

/** Counts each of the given hours; `hours` are their beginnings. It reads a few ranges of index entries for each. */
export async function readHours(pool: Pool, hours: readonly Date[]): Promise<HourCount[]> {
  const from = hours.map(idAt);
  const to = hours.map((hour) => idAt(new Date(hour.getTime() + 3_600_000)));
  const { rows } = await pool.query<Omit<HourCount, "at">>(
    `select
       (select count(*) from "order" o where o.id >= h.low and o.id < h.high) as orders,
       (select count(*) from "order" o
         where o.status = 'rejected' and o.id >= h.low and o.id < h.high) as rejected,
       (select coalesce(sum(i.quantity), 0)::float8 from order_line i
         where i.order_id >= h.low and i.order_id < h.high) as units
     from unnest($1::uuid[], $2::uuid[]) with ordinality as h (low, high, place)
     order by h.place`,
    [from, to],
  );
  return rows.map((row, index) => ({ at: hours[index] ?? new Date(0), ...row }));
}
