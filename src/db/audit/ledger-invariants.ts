// What must always be true of the ledger and the levels.

import { closedTo } from "../closing/closed-ledger.ts";
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

/**
 * The invariants of movements and levels. The first two together say that the ledger's sum is the level. Of closed months,
 * balances prove what the first one proves of the others.
 */
export const ledgerInvariants: readonly Invariant[] = [
  {
    key: "ledger-chain",
    name: "each movement follows from the one before it, but in closed months",
    over: "ledger",
    faults: /* sql */ `select l.sku, l.id as level_id, m.id, m.units_after, m.units_before + m.change as expected
      from (select greatest($1, ${closedTo}) as after) part cross join stock_level l cross join lateral (
        select id, change, units_after, coalesce(lag(units_after) over (order by id), (
            select earlier.units_after from movement earlier
            where earlier.level_id = l.id and earlier.id <= part.after order by earlier.id desc limit 1), 0) as units_before
        from movement where level_id = l.id and id > part.after and id <= $2) m
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
    key: "undo-is-opposite",
    name: "each undo is the opposite of a movement of its level",
    over: "levels",
    faults: /* sql */ `select m.level_id, m.id, m.undoes, m.change, u.change as undone_change
      from movement m left join movement u on u.level_id = m.level_id and u.id = m.undoes
      where m.undoes is not null and u.change is distinct from -m.change`,
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
    key: "receipts-are-movements",
    name: "the lines of receipts are the movements that they name",
    over: "ledger",
    faults: /* sql */ `select r.level_id, r.movement_id, r.units, m.kind, m.change from (
        select level_id, movement_id, sum(units) as units from receipt_line
        where movement_id > $1 and movement_id <= $2 group by level_id, movement_id) r
      left join movement m on m.level_id = r.level_id and m.id = r.movement_id
      where m.kind is distinct from 'receipt' or m.change <> r.units`,
  },
  {
    key: "receipt-has-lines",
    name: "no receipt is without lines",
    over: "levels",
    faults: /* sql */ `select id, reference from receipt r
      where not exists (select from receipt_line where receipt_id = r.id)`,
  },
  {
    key: "waiting-is-served",
    name: "no pre-order waits while its stock holder has units",
    over: "levels",
    faults: /* sql */ `with recursive waiting (item_id) as (
        (select item_id from order_line where pre_ordered > 0 order by item_id limit 1)
        union all
        select (select i.item_id from order_line i
          where i.pre_ordered > 0 and i.item_id > w.item_id order by i.item_id limit 1)
        from waiting w where w.item_id is not null)
      select h.sku, h.id as level_id, h.units, item.id as item_id,
        (select sum(pre_ordered) from order_line where pre_ordered > 0 and item_id = item.id) as pre_ordered
      from waiting w join stock_level item on item.id = w.item_id
        join stock_level h on h.id = coalesce((
          select coalesce(again.defers_to, again.id) from stock_level again
          where item.retired and again.sku = item.sku and not again.retired), item.defers_to, item.id)
      where h.units > 0 and h.tracked and not h.allow_negative_stock
        and not (h.retired or h.hidden or h.defers_to is not null)`,
  },
];
