// Stores what stock levels sold lately, for lists of many items.

import type { Pool } from "pg";
import type { Outlook } from "../../domain/forecast/outlook.ts";

/** The outlook of a level. */
export type LevelOutlook = Pick<Outlook, "unitsSold" | "unitsSoldInWeek" | "demand"> & {
  readonly levelId: number;
};

/** Stores them in place of what was stored before. They must be of different levels. */
export async function saveOutlooks(pool: Pool, outlooks: readonly LevelOutlook[]): Promise<void> {
  await pool.query(
    `insert into level_outlook
       (level_id, found_at, units_sold, units_sold_in_week, units_per_day, days_in_stock, unevenness)
     select level_id, now(), units_sold, in_week, per_day, in_stock, unevenness
     from unnest($1::integer[], $2::bigint[], $3::bigint[], $4::float8[], $5::float8[], $6::float8[])
       as o (level_id, units_sold, in_week, per_day, in_stock, unevenness)
     order by level_id
     on conflict (level_id) do update set found_at = excluded.found_at, units_sold = excluded.units_sold,
       units_sold_in_week = excluded.units_sold_in_week, units_per_day = excluded.units_per_day,
       days_in_stock = excluded.days_in_stock, unevenness = excluded.unevenness`,
    [
      outlooks.map(({ levelId }) => levelId),
      outlooks.map(({ unitsSold }) => unitsSold),
      outlooks.map(({ unitsSoldInWeek }) => unitsSoldInWeek),
      outlooks.map(({ demand }) => demand?.unitsPerDay ?? null),
      outlooks.map(({ demand }) => demand?.daysInStock ?? null),
      outlooks.map(({ demand }) => demand?.unevenness ?? null),
    ],
  );
}
