// Finds the place of a moment in a level's ledger, and counts what was sold since, without reading the movements
// between: a product may have millions of sales. The ledger has an index on its ids only, since an index on its times
// would slow down each sale. But within one level times ascend with ids, because both are assigned under the level's
// lock.

/**
 * Queries for a `with recursive`. They define `ledger_since (level_id, moment, id)`, with a row for each row of the
 * query `wanted (level_id, moment)`: the movements of that level from `id` on are of that moment or later, those before
 * are earlier. Each step halves the range of ids, so that it reads a few dozen index entries.
 */
export const ledgerSince = (wanted: string) => /* sql */ `
  wanted (level_id, moment) as (${wanted}),
  halved (level_id, moment, low, high) as (
    select w.level_id, w.moment,
      coalesce((select min(m.id) from movement m where m.level_id = w.level_id), 0),
      coalesce((select max(m.id) + 1 from movement m where m.level_id = w.level_id), 0)
    from wanted w
    union all
    select r.level_id, r.moment,
      case when found.at < r.moment then found.id + 1 else r.low end,
      case when found.at < r.moment then r.high else r.middle end
    from (select *, low + (high - low) / 2 as middle from halved where low < high) r
      left join lateral (
        select m.id, m.at from movement m
        where m.level_id = r.level_id and m.id >= r.middle and m.id < r.high
        order by m.id limit 1) found on true
  ),
  ledger_since as (select level_id, moment, low as id from halved where low >= high)`;

/**
 * A query of the units of each level that were sold since its place in `ledger_since`: the units then, plus the changes
 * by other movements, minus the units now. Those other movements are few and have an index of their own. Units of
 * pre-orders are sold when they are allocated.
 */
export const soldSince = /* sql */ `
  select s.level_id, (
      coalesce((select m.units_after from movement m
        where m.level_id = s.level_id and m.id < s.id order by m.id desc limit 1), 0)
      + coalesce((select sum(m.change) from movement m
        where m.level_id = s.level_id and m.id >= s.id and m.kind <> 'sale' and m.kind <> 'allocation'), 0)
      - coalesce((select m.units_after from movement m
        where m.level_id = s.level_id order by m.id desc limit 1), 0)
    )::float8 as units
  from ledger_since s`;
