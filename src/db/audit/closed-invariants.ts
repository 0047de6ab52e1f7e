// What must always be true of closed months, and of the one that is being closed.

import type { Invariant } from "./invariant.ts";

/** The months that end in the part of the ledger that is looked at. */
const months = "closed_month c where c.up_to > $1 and c.up_to <= $2";

/** The invariants of closed months. Together they say that balances and the movements that stayed are the whole ledger. */
export const closedInvariants: readonly Invariant[] = [
  {
    key: "balance-is-ledger",
    name: "each balance of a closed month is what went and what stayed, and ends with its last movement",
    over: "ledger",
    faults: /* sql */ `select b.level_id, b.month, b.opening, b.units, b.movements, b.removed, b.removed_change, s.stayed,
        s.stayed_change, last.units_after
      from (select c.month, c.after, c.up_to from ${months}) c
        join closed_balance b on b.month = c.month
        cross join lateral (select count(*) as stayed, coalesce(sum(m.change), 0) as stayed_change from movement m
          where m.level_id = b.level_id and m.id > c.after and m.id <= c.up_to) s
        left join lateral (select m.units_after from movement m
          where m.level_id = b.level_id and m.id > c.after and m.id <= c.up_to order by m.id desc limit 1) last on true
      where b.opening + b.removed_change + s.stayed_change <> b.units or b.removed + s.stayed <> b.movements
        or last.units_after is distinct from b.units`,
  },
  {
    key: "balance-follows",
    name: "each balance begins with what the one before it ended with, or with zero",
    over: "ledger",
    faults: /* sql */ `select b.level_id, b.month, b.opening, earlier.units as expected
      from (select c.month from ${months}) c join closed_balance b on b.month = c.month
        left join lateral (select e.units from closed_balance e
          where e.level_id = b.level_id and e.month < b.month order by e.month desc limit 1) earlier on true
      where b.opening <> coalesce(earlier.units, 0)`,
  },
  {
    key: "month-is-balances",
    name: "each closed month has the balances and movements that its file has, and follows the month before it",
    over: "ledger",
    faults: /* sql */ `select c.month, c.levels, b.levels as balances, c.movements, b.movements as of_balances, c.after
      from (select * from ${months}) c cross join lateral (
        select count(*) as levels, coalesce(sum(movements), 0) as movements from closed_balance where month = c.month) b
      where b.levels <> c.levels or b.movements <> c.movements
        or c.after <> coalesce((select max(e.up_to) from closed_month e where e.month < c.month), 0)`,
  },
  {
    key: "movement-has-balance",
    name: "no movement of a closed month is of a level without a balance",
    over: "ledger",
    faults: /* sql */ `select c.month, m.level_id, m.id from (select * from ${months}) c
        join movement m on m.id + 0 > c.after and m.id + 0 <= c.up_to
      where not exists (select from closed_balance b where b.level_id = m.level_id and b.month = c.month)`,
  },
];
