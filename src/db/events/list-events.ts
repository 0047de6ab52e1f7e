// Lists events in an order that a reader can follow without missing one.

import type { Pool } from "pg";
import { pageLinesMax } from "../orders/page-lines.ts";
import type { ReadShortage } from "../orders/read-orders.ts";

/** The place of an event in the list: its transaction's number, then its own. Both are decimal strings. */
export type EventPlace = { readonly tx: string; readonly id: string };

/** A line of an event's order. */
type EventLine = {
  readonly sku: string;
  readonly quantity: number;
  readonly allocated: number;
  readonly preOrdered: number;
};

/** An event as it is stored, with its order as it is now. */
export type StoredEvent = EventPlace & {
  readonly type: string;
  readonly at: Date;
  readonly actor: string | null;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly order: {
    readonly orderId: string;
    readonly reference: string;
    readonly status: string;
    readonly paidAt: string | null;
    readonly lines: readonly EventLine[];
    readonly shortages: readonly ReadShortage[];
  } | null;
};

/** The events of a page: those after a place, of some types or of all. */
export type EventSelection = {
  readonly after: EventPlace | undefined;
  readonly types: readonly string[] | undefined;
  readonly limit: number;
};

/** The lines of a confirmed order; before that, the requested lines. */
const lines = /* sql */ `coalesce(
  (select json_agg(json_build_object('sku', s.sku, 'quantity', l.quantity, 'allocated', l.allocated,
      'preOrdered', l.pre_ordered) order by l.line)
    from order_line l join stock_level s on s.id = l.item_id where l.order_id = o.id),
  (select json_agg(json_build_object('sku', s.sku, 'quantity', (r.line ->> 1)::integer, 'allocated', 0,
      'preOrdered', 0) order by r.place)
    from json_array_elements(o.requested) with ordinality as r (line, place)
      join stock_level s on s.id = (r.line ->> 0)::integer), '[]')`;

const shortages = /* sql */ `coalesce(
  (select json_agg(json_build_object('reason', s -> 'reason', 'requested', s -> 'demanded',
      'available', s -> 'available', 'unitsInStock', s -> 'unitsInStock', 'heldBack', s -> 'heldBack',
      'outOfStockAt', s -> 'outOfStockAt', 'skus', (select json_agg(distinct l.sku)
        from json_array_elements_text(s -> 'items') item join stock_level l on l.id = item::integer)))
    from json_array_elements(o.rejection) s), '[]')`;

const isReadable =
  "(tx, id) > ($1::xid8, $2::bigint) and tx < pg_snapshot_xmin(pg_current_snapshot())";

const ofAllTypes = /* sql */ `
  select * from event
  where ${isReadable} and ($3::text[] is null or type = any ($3))
  order by tx, id limit $4`;

/** Nearly all events are `order.confirmed`. All others have an index of their types. */
const ofRareTypes = /* sql */ `
  select e.* from (select distinct type from unnest($3::text[]) as wanted (type)) w
    cross join lateral (
      select * from event
      where type = w.type and type <> 'order.confirmed' and ${isReadable}
      order by tx, id limit $4) e
  order by e.tx, e.id limit $4`;

/** A page of events, and whether more follow. */
export type EventPage = { readonly events: readonly StoredEvent[]; readonly hasMore: boolean };

/**
 * Reads up to `limit` events; fewer if their orders would have more than `pageLinesMax` lines. They are in the order of
 * their transactions. Events of a transaction that began after one that still runs are left out, because that one may
 * write events before them. So an event can be read when all transactions that began before its own have ended, which
 * usually takes milliseconds.
 */
export async function listEvents(pool: Pool, selection: EventSelection): Promise<EventPage> {
  const { after, types, limit } = selection;
  const areRare = types !== undefined && !types.includes("order.confirmed");
  const { rows } = await pool.query<StoredEvent & { readonly found: string }>({
    name: areRare ? "list-rare-events" : "list-events",
    text: `select e.tx::text as tx, e.id::text as id, e.type, e.at, e.actor, e.data, e.found,
        case when o.id is not null then json_build_object('orderId', o.id, 'reference', o.reference,
          'status', o.status, 'paidAt', o.paid_at, 'lines', case when e.tells_lines then ${lines} else '[]' end,
          'shortages', case when e.tells_lines then ${shortages} else '[]' end) end as "order"
      from (
        select page.*, count(*) over () as found, sum(case when page.tells_lines
            then (select json_array_length(o.requested) from "order" o where o.id = page.order_id) else 0 end)
          over (order by page.tx, page.id) as lines_so_far
        from (
          select found.*, order_id is not null and type like 'order.%' as tells_lines
          from (${areRare ? ofRareTypes : ofAllTypes}) found
        ) page
      ) e left join "order" o on o.id = e.order_id
      where coalesce(e.lines_so_far, 0) <= $5
      order by e.tx, e.id`,
    values: [after?.tx ?? "0", after?.id ?? "0", types ?? null, limit + 1, pageLinesMax],
  });
  const events = rows.slice(0, limit);
  return { events, hasMore: Number(rows[0]?.found ?? 0) > events.length };
}
