// What must always be true of the books. Each invariant is a query, and each row of its result is a violation. The
// queries share nothing with the code that writes the books.

/** An invariant: what it says, and the query of the rows that violate it. */
export type Invariant = { readonly name: string; readonly faults: string };

/** Every invariant that the database alone can show. */
export const invariants: readonly Invariant[] = [
  {
    name: "the ledger's sum is the level, for every level",
    faults: `select l.sku, l.units, coalesce(m.total, 0) as ledger from stock_level l
      left join (select level_id, sum(change) as total from movement group by level_id) m
        on m.level_id = l.id
      where l.units <> coalesce(m.total, 0)`,
  },
  {
    name: "each movement follows from the one before it",
    faults: `select level_id, id, units_after, expected from (
        select level_id, id, units_after,
          sum(change) over (partition by level_id order by id) as expected from movement) s
      where units_after <> expected`,
  },
  {
    name: "no level is below zero unless its product allows it",
    faults: "select sku, units from stock_level where units < 0 and not allow_negative_stock",
  },
  {
    name: "confirmed orders' sales and allocations equal their allocated lines",
    faults: `select coalesce(s.order_id, l.order_id) as order_id, s.sold, l.allocated
      from (select order_id, -sum(change) as sold from movement
          where kind in ('sale', 'allocation') group by order_id) s
        full join (select order_id, sum(allocated) as allocated from order_line
          where allocated > 0 group by order_id) l on l.order_id = s.order_id
      where s.sold is distinct from l.allocated`,
  },
  {
    name: "a confirmed order has a line for everything that was requested",
    faults: `select o.id, o.reference from "order" o
      where o.status in ('confirmed', 'refunded')
        and (select coalesce(sum(quantity), 0) from order_line where order_id = o.id)
          <> (select sum((line ->> 1)::integer) from json_array_elements(o.requested) line)`,
  },
  {
    name: "pending and rejected orders have neither lines nor sales",
    faults: `select o.id, o.reference, o.status from "order" o
      where o.status in ('pending', 'rejected')
        and (exists (select from order_line where order_id = o.id)
          or exists (select from movement where order_id = o.id and kind = 'sale'))`,
  },
  {
    name: "restocked units equal the restock movements of the order",
    faults: `select coalesce(l.order_id, m.order_id) as order_id, l.restocked, m.back
      from (select order_id, sum(restocked) as restocked from order_line where restocked > 0
          group by order_id) l
        full join (select order_id, sum(change) as back from movement where kind = 'restock'
          group by order_id) m on m.order_id = l.order_id
      where l.restocked is distinct from m.back`,
  },
  {
    name: "each decided order has exactly one event of its decision",
    faults: `select o.id, o.reference, o.status, e.decisions from "order" o
      left join (select order_id, count(*) as decisions from event
          where type in ('order.confirmed', 'order.rejected') group by order_id) e
        on e.order_id = o.id
      where (o.status in ('confirmed', 'rejected', 'refunded') and e.decisions is distinct from 1)
        or (o.status = 'pending' and e.decisions is not null)`,
  },
  {
    name: "a level's alert state is that of its open alert",
    faults: `select l.sku, l.alert_state, a.state from stock_level l
      left join stock_alert a on a.level_id = l.id and a.ended_at is null
      where l.alert_state is distinct from a.state`,
  },
  {
    name: "no unit moves on a level after its item was deleted",
    faults: `select l.sku, l.id as level_id, m.id, m.kind, m.change, m.order_id from stock_level l
      join movement m on m.level_id = l.id and m.id > l.retired_after
      where l.retired`,
  },
  {
    name: "no alert is open on a level that nobody sees",
    faults: `select l.sku, a.id, a.state, l.retired, l.hidden, l.defers_to from stock_alert a
      join stock_level l on l.id = a.level_id
      where a.ended_at is null and (l.retired or l.hidden or l.defers_to is not null)`,
  },
  {
    name: "no piece of news was mailed twice to the same address",
    faults: `select alert_id, coalesce(news::text, notice) as news, to_email, count(*) from mail
      where alert_id is not null and resend_of is null
      group by alert_id, coalesce(news::text, notice), to_email having count(*) > 1`,
  },
];
