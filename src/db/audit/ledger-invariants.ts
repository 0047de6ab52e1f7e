// What must always be true of the ledger and the levels.

import type { Invariant } from "./invariant.ts";

/**
 * The levels that have movements. Each step looks up the next level's id in the index, so that a ledger of millions is
 * not read.
 */
const levelsOfLedger = /* sql */ `with recursive in_ledger (level_id) as (
    (select level_id from movement order by level_id limit 1)
    union all
    select (select m.level_id from movement m where m.level_id > i.level_id order by m.level_id limit 1)
    from in_ledger i where i.level_id is not null
  )`;

/** The invariants of movements, levels and alerts' states. The first two together say that the ledger's sum is the level. */
export const ledgerInvariants: readonly Invariant[] = [
  {
    key: "ledger-chain",
    name: "each movement follows from the one before it",
    over: "ledger",
    faults: /* sql */ `select l.sku, l.id as level_id, m.id, m.units_after, m.units_before + m.change as expected
      from stock_level l cross join lateral (
        select id, change, units_after, coalesce(lag(units_after) over (order by id), (
            select earlier.units_after from movement earlier
            where earlier.level_id = l.id and earlier.id <= $1 order by earlier.id desc limit 1), 0) as units_before
        from movement where level_id = l.id and id > $1 and id <= $2) m
      where m.units_after <> m.units_before + m.change`,
  },
  {
    key: "level-is-ledger",
    name: "each level is what its last movement left, or zero without one",
    over: "levels",
    faults: /* sql */ `select l.sku, l.id as level_id, l.units, coalesce(m.units_after, 0) as ledger
      from stock_level l left join lateral (
        select units_after from movement where level_id = l.id order by id desc limit 1) m on true
      where l.units <> coalesce(m.units_after, 0)`,
  },
  {
    key: "movement-has-level",
    name: "no movement is of a level that does not exist",
    over: "levels",
    faults: /* sql */ `${levelsOfLedger}
      select i.level_id, (select count(*) from movement m where m.level_id = i.level_id) as movements
      from in_ledger i
      where i.level_id is not null and not exists (select from stock_level l where l.id = i.level_id)`,
  },
  {
    key: "level-not-below-zero",
    name: "no level is below zero unless its product allows it",
    over: "levels",
    faults: "select sku, units from stock_level where units < 0 and not allow_negative_stock",
  },
  {
    key: "retired-level-rests",
    name: "no unit moves on a level after its item was deleted",
    over: "levels",
    faults: /* sql */ `select l.sku, l.id as level_id, m.id, m.kind, m.change, m.order_id from stock_level l
      join movement m on m.level_id = l.id and m.id > l.retired_after
      where l.retired`,
  },
  {
    key: "alert-state-copied",
    name: "a level's alert state is that of its open alert",
    over: "levels",
    faults: /* sql */ `select l.sku, l.alert_state, a.state from stock_level l
      left join stock_alert a on a.level_id = l.id and a.ended_at is null
      where l.alert_state is distinct from a.state`,
  },
  {
    key: "alert-is-seen",
    name: "no alert is open on a level that nobody sees",
    over: "levels",
    faults: /* sql */ `select l.sku, a.id, a.state, l.retired, l.hidden, l.defers_to from stock_alert a
      join stock_level l on l.id = a.level_id
      where a.ended_at is null and (l.retired or l.hidden or l.defers_to is not null)`,
  },
  {
    key: "news-mailed-once",
    name: "no piece of news was mailed twice to the same address",
    over: "levels",
    faults: /* sql */ `select alert_id, coalesce(news::text, notice) as news, to_email, count(*) from mail
      where alert_id is not null and resend_of is null
      group by alert_id, coalesce(news::text, notice), to_email having count(*) > 1`,
  },
];
