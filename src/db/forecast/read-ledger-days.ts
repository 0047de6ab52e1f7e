// Reads what the ledger tells of each of the last days of some stock levels, without reading their sales: a product may
// have millions of them. A few dozen index entries tell where a day begins, and two counts and the movements other than
// sales tell what was sold between.

import type { Pool } from "pg";
import type { LedgerDay } from "../../domain/forecast/days-in-stock.ts";
import { ledgerSince } from "../stock/ledger-since.ts";

type Row = LedgerDay & { readonly levelId: number };

/**
 * Reads the last `days` times 24 hours, the oldest first, by the id of the level. Moments are parts of such a day. It
 * reads about 20 index entries for each day of each level.
 */
export async function readLedgerDays(
  pool: Pool,
  levelIds: readonly number[],
  days: number,
): Promise<ReadonlyMap<number, readonly LedgerDay[]>> {
  const { rows } = await pool.query<Row>({
    name: "read-ledger-days",
    text,
    values: [levelIds, days],
  });
  const byLevel = new Map<number, LedgerDay[]>(levelIds.map((id) => [id, []]));
  for (const { levelId, ...day } of rows) byLevel.get(levelId)?.push(day);
  return byLevel;
}

const beginnings = /* sql */ `
  select level.id, now() - ($2::integer - day) * interval '1 day'
  from unnest($1::integer[]) level (id), generate_series(0, $2::integer) day`;

const within = "m.level_id = d.level_id and m.id >= d.low and m.id < d.high";

const text = /* sql */ `
  with recursive ${ledgerSince(beginnings)},
  place as (
    select s.level_id, s.moment, s.id, (
      select m.units_after from movement m
      where m.level_id = s.level_id and m.id < s.id order by m.id desc limit 1) as units
    from ledger_since s
  ),
  day as (
    select level_id, moment, id as low, lead(id) over level as high, units as before, lead(units) over level as after
    from place window level as (partition by level_id order by moment)
  )
  select d.level_id as "levelId", d.before as "unitsBefore", d.after as "unitsAfter",
    (coalesce(d.before, 0) - coalesce(d.after, 0) + coalesce(other.change, 0))::float8 as "unitsSold",
    extract(epoch from raised.at - d.moment)::float8 / 86400 as "raisedAt",
    extract(epoch from last.at - d.moment)::float8 / 86400 as "changedAt"
  from day d
    left join lateral (
      select sum(m.change) as change from movement m
      where ${within} and m.kind <> 'sale' and m.kind <> 'allocation') other on true
    left join lateral (
      select m.at from movement m
      where ${within} and m.kind <> 'sale' and m.change > 0 order by m.id limit 1) raised on true
    left join lateral (
      select m.at from movement m where ${within} order by m.id desc limit 1) last on true
  where d.high is not null
  order by d.level_id, d.moment`;
