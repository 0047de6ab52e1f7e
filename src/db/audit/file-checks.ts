// What must be true of the files of closed months that were loaded, beside the database.

/** The months whose files were loaded, with what the database has of them. */
const months = "filed_month f join closed_month c on c.month = f.month";

/** The sums of what a file has of each level, and of that what is gone from the ledger. */
const sums = /* sql */ `
  select f.month, m.level_id, count(*) as movements, sum(m.change) as change,
    count(*) filter (where stayed.id is null) as gone, coalesce(sum(m.change) filter (where stayed.id is null), 0) as gone_change,
    (array_agg(m.units_after order by m.id desc))[1] as units
  from filed_month f join filed_movement m on m.id > f.after and m.id <= f.up_to
    left join movement stayed on stayed.level_id = m.level_id and stayed.id = m.id
  group by f.month, m.level_id`;

/** The checks. Each row of a query is a violation. */
export const fileChecks = [
  {
    key: "file-is-of-month",
    name: "each file is the one that was written when its month was closed, and follows the one before it",
    faults: /* sql */ `select f.month, f.digest, c.digest as expected, f.previous, earlier.digest as expected_previous
      from filed_month f left join closed_month c on c.month = f.month
        left join closed_month earlier on earlier.up_to = c.after
      where (f.digest, f.after, f.up_to, f.movements, f.levels, f.previous)
        is distinct from (c.digest, c.after, c.up_to, c.movements, c.levels, earlier.digest)`,
  },
  {
    key: "file-has-balances",
    name: "each file has the balances of the database, and they are its movements",
    faults: /* sql */ `select coalesce(b.month, f.month) as month, coalesce(b.level_id, f.level_id) as level_id,
        b.opening, b.units, f.opening as filed_opening, f.units as filed_units, s.change, s.movements
      from (select b.* from closed_balance b join filed_month f on f.month = b.month) b
        full join filed_balance f on f.month = b.month and f.level_id = b.level_id
        left join (${sums}) s on s.month = f.month and s.level_id = f.level_id
      where (b.opening, b.units, b.movements) is distinct from (f.opening, f.units, f.movements)
        or (f.opening + s.change, s.units, s.movements) is distinct from (f.units, f.units, f.movements::bigint)`,
  },
  {
    key: "file-has-what-went",
    name: "what is gone from the ledger is in the file",
    faults: /* sql */ `select b.month, b.level_id, b.removed, b.removed_change, s.gone, s.gone_change
      from ${months} join closed_balance b on b.month = f.month
        left join (${sums}) s on s.month = b.month and s.level_id = b.level_id
      where (s.gone, s.gone_change) is distinct from (b.removed::bigint, b.removed_change::numeric)`,
  },
  {
    key: "file-has-what-stayed",
    name: "what is left of the month in the ledger is in the file, as it is there",
    faults: /* sql */ `select f.month, m.level_id, m.id, m.change, filed.change as filed_change
      from ${months} join movement m on m.id + 0 > f.after and m.id + 0 <= f.up_to
        left join filed_movement filed on filed.level_id = m.level_id and filed.id = m.id
      where row(m.*)::text is distinct from row(filed.*)::text`,
  },
  {
    key: "file-chain",
    name: "each movement of a file follows from the one before it",
    faults: /* sql */ `select m.month, m.level_id, m.id, m.units_after, m.units_before + m.change as expected
      from (select f.month, m.level_id, m.id, m.change, m.units_after, coalesce(
            lag(m.units_after) over (partition by f.month, m.level_id order by m.id), b.opening) as units_before
          from filed_month f join filed_movement m on m.id > f.after and m.id <= f.up_to
            left join filed_balance b on b.month = f.month and b.level_id = m.level_id) m
      where m.units_after is distinct from m.units_before + m.change`,
  },
] as const;
