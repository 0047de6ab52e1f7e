// Finds a moment in a level's ledger, and sums up what was sold since, without reading what lies between: a
// product may have millions of sales. The ledger is only ordered by its numbers, and an index on its times would
// cost each sale; but within one level times ascend with the numbers, for both are drawn under the level's lock.

/**
 * Queries for a `with recursive`. They define `ledger_since (level_id, moment, id)`: for each row of the query
 * `wanted (level_id, moment)`, every movement of that level from `id` on is of that moment or later, and none
 * before it is. Each step halves the range of numbers, so that a few dozen index entries are read.
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
 * A query of the units of each level that were sold from its place in `ledger_since` on: what the level has less
 * than it had then, corrected by what movements other than sales changed. Those few have an index of their own.
 */
export const soldSince = /* sql */ `
  select s.level_id, (
      coalesce((select m.units_after from movement m
        where m.level_id = s.level_id and m.id < s.id order by m.id desc limit 1), 0)
      + coalesce((select sum(m.change) from movement m
        where m.level_id = s.level_id and m.id >= s.id and m.kind <> 'sale'), 0)
      - coalesce((select m.units_after from movement m
        where m.level_id = s.level_id order by m.id desc limit 1), 0)
    )::float8 as units
  from ledger_since s`;
