// What must always be true of orders, their lines, their movements and their events.

import { closedTo, mayLackSales } from "../closing/closed-ledger.ts";
import { mayLackDecision } from "../retention/kept.ts";
import type { Among, Invariant } from "./invariant.ts";

/** The movements of some orders, of one or more kinds. Each kind has an index of its own by order. */
const movementsOf = (kinds: readonly string[], among: Among): string =>
  kinds
    .map(
      (kind) =>
        `select order_id, change from movement where kind = '${kind}' and ${among("order_id")}`,
    )
    .join(" union all ");

/** Releases of orders that were taken once more after they had expired, or of all others. */
const releasesOf = (taken: "once more" | "once", among: Among): string =>
  `select m.order_id, m.change from (${movementsOf(["release"], among)}) m
   where ${taken === "once" ? "not " : ""}exists (select from "order" where id = m.order_id and retaken)`;

/** The units of an order's request. */
const requested = "(select sum((line ->> 1)::integer) from json_array_elements(o.requested) line)";

const quantities = "coalesce((select sum(quantity) from order_line where order_id = o.id), 0)";

/** Whether an order has sales in an open month. */
const sellsInOpenMonth = /* sql */ `exists (select from movement sale
  where sale.order_id = o.id and sale.kind = 'sale' and sale.id > ${closedTo})`;

/** Whether an order has sales or allocations in an open month. Then all of its sales are in the ledger. */
const takesInOpenMonth = /* sql */ `(${sellsInOpenMonth} or exists (select from movement taken
  where taken.order_id = o.id and taken.kind = 'allocation' and taken.id > ${closedTo}))`;

/** Whether an order was decided in a closed month, but for its last minute. Then it has no sale in an open one. */
const isOfClosedMonth = /* sql */ `coalesce(not o.retaken
  and o.decided_at <= (select max(last_at) - interval '1 minute' from closed_month), false)`;

/** The invariants of orders. */
export const orderInvariants: readonly Invariant[] = [
  {
    key: "sales-are-lines",
    // An order that was taken once more has the lines of its last decision. All that it had before was released. If its
    // sales were in a closed month, an order may have less in the ledger than in its lines.
    name: "orders' sales and allocations equal their allocated lines",
    over: "orders",
    faults: (
      among,
    ) => /* sql */ `select coalesce(s.order_id, l.order_id) as order_id, s.sold, l.allocated
      from (select order_id, -sum(change) as sold from (
            ${movementsOf(["sale", "allocation"], among)}
            union all ${releasesOf("once more", among)}) m
          group by order_id having sum(change) <> 0) s
        full join (select order_id, sum(allocated) as allocated from order_line
          where allocated > 0 and ${among("order_id")} group by order_id) l on l.order_id = s.order_id
        left join "order" o on o.id = coalesce(s.order_id, l.order_id)
      where s.sold is distinct from l.allocated and (o.retaken or not ${mayLackSales("o.decided_at")}
        or coalesce(s.sold, 0) not between 0 and coalesce(l.allocated, 0) or ${takesInOpenMonth})`,
  },
  {
    key: "sold-once",
    name: "no order of a closed month has a sale in an open one",
    over: "orders",
    faults: (among) => /* sql */ `select o.id, o.reference, o.decided_at from "order" o
      where ${among("o.id")} and ${isOfClosedMonth} and ${sellsInOpenMonth}`,
  },
  {
    key: "restocks-are-lines",
    name: "restocked units equal the restock and release movements of the order",
    over: "orders",
    faults: (
      among,
    ) => /* sql */ `select coalesce(l.order_id, m.order_id) as order_id, l.restocked, m.back
      from (select order_id, sum(restocked) as restocked from order_line
          where restocked > 0 and ${among("order_id")} group by order_id) l
        full join (select order_id, sum(change) as back from (
            ${movementsOf(["restock"], among)} union all ${releasesOf("once", among)}) m
          group by order_id) m on m.order_id = l.order_id
      where l.restocked is distinct from m.back`,
  },
  {
    key: "lines-are-complete",
    name: "a confirmed order has a line for everything that was requested",
    over: "orders",
    faults: (among) => /* sql */ `select o.id, o.reference, o.status from "order" o
      where ${among("o.id")} and (
        (o.status in ('confirmed', 'refunded') and ${quantities} <> ${requested})
        or (o.status = 'cancelled' and ${quantities} not in (0, ${requested})))`,
  },
  {
    key: "undecided-takes-nothing",
    name: "undecided and rejected orders have no lines, and have taken nothing that was not released",
    over: "orders",
    faults: (among) => /* sql */ `select o.id, o.reference, o.status from "order" o
      left join (select order_id, -sum(change) as held from (
          ${movementsOf(["sale", "allocation", "release"], among)}) m group by order_id) m on m.order_id = o.id
      where o.status in ('awaiting-payment', 'pending', 'rejected') and ${among("o.id")}
        and (exists (select from order_line where order_id = o.id)
          or m.held <> 0 or (m.held = 0 and not o.retaken))`,
  },
  {
    key: "line-adds-up",
    name: "units of a tracked line are allocated, pre-ordered or released, and of another line none",
    over: "orders",
    faults: (
      among,
    ) => /* sql */ `select order_id, line, quantity, allocated, pre_ordered, released from order_line
      where ${among("order_id")} and allocated + pre_ordered + released <>
        case when holder_id is null then 0 else quantity end`,
  },
  {
    key: "line-within-limits",
    name: "no line gives up more than its quantity, or puts back more than it gave up of what it took",
    over: "orders",
    faults: (
      among,
    ) => /* sql */ `select order_id, line, quantity, allocated, cancelled, refunded, released, restocked
      from order_line
      where ${among("order_id")} and (
        least(allocated, pre_ordered, cancelled, refunded, released, restocked) < 0
        or cancelled + refunded > quantity or released > cancelled + refunded
        or restocked > least(allocated, cancelled + refunded - released))`,
  },
  {
    key: "ended-order-gives-up",
    name: "a cancelled or refunded order has given up every unit, and waits for none",
    over: "orders",
    faults: (
      among,
    ) => /* sql */ `select o.id, o.reference, o.status, l.line, l.quantity, l.cancelled, l.refunded, l.pre_ordered
      from "order" o join order_line l on l.order_id = o.id
      where o.status in ('cancelled', 'refunded') and ${among("o.id")}
        and (l.cancelled + l.refunded <> l.quantity or l.pre_ordered > 0)`,
  },
  {
    key: "expired-order-gives-up",
    name: "an expired order was not paid, holds no promise, and has given back what could come back",
    over: "orders",
    faults: (among) => /* sql */ `select o.id, o.reference, l.line from "order" o
      left join order_line l on l.order_id = o.id
      where o.status = 'expired' and ${among("o.id")} and (o.paid_at is not null or l.pre_ordered > 0
        or l.cancelled + l.refunded < l.quantity or (o.retakeable and l.restocked < l.allocated))`,
  },
  {
    key: "expired-order-releases",
    name: "only orders that expired released units",
    over: "orders",
    faults: (
      among,
    ) => /* sql */ `select m.order_id, o.status from (${movementsOf(["release"], among)}) m
      left join "order" o on o.id = m.order_id
      where o.status is distinct from 'expired' and o.retaken is not true`,
  },
  {
    key: "one-decision",
    name: "each decided order has exactly one event of its decision, since it last expired if it did",
    over: "orders",
    faults: (among) => /* sql */ `select o.id, o.reference, o.status, e.decisions from "order" o
      left join (select order_id, count(*) as decisions from event
          where type in ('order.confirmed', 'order.rejected') and ${among("order_id")}
            and id > coalesce((select max(id) from event x
              where x.order_id = event.order_id and x.type = 'order.expired'), 0) group by order_id) e
        on e.order_id = o.id
      where ${among("o.id")} and (
        (o.status in ('confirmed', 'rejected', 'refunded') and e.decisions is distinct from 1
          and not (e.decisions is null and ${mayLackDecision("o.decided_at")}))
        or (o.status = 'cancelled' and e.decisions > 1)
        or (o.status in ('awaiting-payment', 'pending', 'expired') and e.decisions is not null))`,
  },
  {
    key: "one-end",
    name: "each order ends once: its status is what its events tell",
    over: "orders",
    faults: (among) => /* sql */ `select o.id, o.reference, o.status, e.types from "order" o
      left join (select order_id, array_agg(distinct type order by type) as types from event
          where ${among("order_id")} group by order_id) e on e.order_id = o.id
      where ${among("o.id")} and (
        (o.status in ('confirmed', 'rejected', 'cancelled', 'refunded')
          and not coalesce('order.' || o.status = any (e.types), false)
          and not (o.status in ('confirmed', 'rejected') and ${mayLackDecision("o.decided_at")}
            and not coalesce(e.types && array['order.confirmed', 'order.rejected'], false)))
        or (o.status <> 'rejected' and not o.retaken and 'order.rejected' = any (e.types)))`,
  },
  {
    key: "order-exists",
    name: "no line, movement or event is of an order that does not exist",
    over: "orders",
    faults: (among) => /* sql */ `select t.order_id, t.of from (
        select order_id, 'a line' as of from order_line where ${among("order_id")}
        union all
        select order_id, 'a movement' from (
          ${movementsOf(["sale", "allocation", "release", "restock"], among)}) m
        union all
        select order_id, 'an event' from event where ${among("order_id")}) t
      where not exists (select from "order" o where o.id = t.order_id)`,
  },
];
