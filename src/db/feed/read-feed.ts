// Reads events and changes of stock in the order of their places, without missing one.

import type { Pool } from "pg";
import { type SellableCount, sellableUnits } from "../../domain/stock/stock-holder.ts";
import { pageLinesMax } from "../orders/page-lines.ts";
import type { ReadShortage } from "../orders/read-orders.ts";
import { holderColumns } from "../stock/locked-level.ts";
import { stockChanged } from "./event-types.ts";
import { pastGone } from "./gone-places.ts";
import { changesOfSkus, isAboutSkus, placesSearchedMax } from "./events-of-skus.ts";

/** A line of an event's order. */
type EventLine = {
  readonly sku: string;
  readonly quantity: number;
  readonly allocated: number;
  readonly preOrdered: number;
};

/** An event as it is stored, with its order as it is now. A change of stock is a movement, with its holder as it is now. */
export type StoredEvent = {
  /** Its place in the feed, a decimal number as text. */
  readonly place: string;
  readonly type: string;
  readonly at: Date;
  readonly actor: string | null;
  /** The id of the request that caused it; of its order's request if the order did. */
  readonly requestId: string | null;
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

/**
 * Events after a place, up to another one, of some types or of all, about some SKUs or all. Read `upTo` with
 * `readHorizon`, before.
 */
export type FeedSelection = {
  readonly after: string;
  readonly upTo: string;
  readonly types: readonly string[] | undefined;
  readonly skus?: readonly string[] | undefined;
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

const isSelected = (id: string) => `${id} > $1::bigint and ${id} <= $2::bigint`;

const columns = "id, type, at, order_id, actor, data, null::integer as level_id, request_id";

const ofAllTypes = (condition: string) => /* sql */ `
  (select ${columns} from event
   where ${isSelected("id")} and ($3::text[] is null or type = any ($3)) and ${condition} order by id limit $4)`;

/** Nearly all events are `order.confirmed`. All others have an index of their types. */
const ofRareTypes = (condition: string) => /* sql */ `
  (select e.* from (select distinct type from unnest($3::text[]) as wanted (type)) w
     cross join lateral (
       select ${columns} from event
       where type = w.type and type <> 'order.confirmed' and ${isSelected("id")} and ${condition}
       order by id limit $4) e
   order by e.id limit $4)`;

/** Movements that are older than the common numbering are not in the feed. The index of the places has this expression. */
const changesOfStock = /* sql */ `
  (select id, '${stockChanged}', at, order_id, actor, json_build_object('change', change, 'unitsAfter', units_after,
       'kind', kind, 'reason', reason, 'note', note), level_id, request_id
   from movement where ${isSelected("id + 0")} and id + 0 > (select stock_changes_after from feed)
   order by id + 0 limit $4)`;

/** The holder of a change of stock, as it is now. */
type ChangedHolder = SellableCount & {
  readonly sku: string;
  readonly isVariant: boolean;
  readonly productSku: string;
};

/** A page of the feed. `place` is where the next page begins: after all that this one has read. */
export type FeedPage = {
  readonly events: readonly StoredEvent[];
  readonly place: string;
  /** Whether more may follow up to the end of the selection. */
  readonly hasMore: boolean;
};

type Row = StoredEvent & { readonly found: string; readonly holder: ChangedHolder | null };

/**
 * Reads up to `limit` events, in the order of their places; fewer if their orders would have more than `pageLinesMax`
 * lines. Of some SKUs it searches at most `placesSearchedMax` places, so a page may be empty although more follow.
 */
export async function readFeed(pool: Pool, selection: FeedSelection): Promise<FeedPage> {
  const { after, types, skus, limit } = selection;
  const upTo = skus === undefined ? selection.upTo : await searchedTo(pool, selection);
  const { name, text } = statementFor(types, skus);
  const { rows } = await pool.query<Row>({
    name,
    text,
    values: [after, upTo, types ?? null, limit + 1, pageLinesMax, ...(skus ? [skus] : [])],
  });
  const events = rows
    .slice(0, limit)
    .map(({ holder, ...event }) =>
      holder === null ? event : { ...event, data: changeOf(event.data, holder) },
    );
  const isCut = Number(rows[0]?.found ?? 0) > events.length;
  // The horizon may step back: a writer that was slow to announce itself announces a place that others have passed.
  const end = BigInt(after) > BigInt(upTo) ? after : upTo;
  const place = (isCut ? events.at(-1)?.place : undefined) ?? end;
  return { events, hasMore: isCut || upTo !== selection.upTo, place };
}

/** Where a search for SKUs ends. Changes of stock are found without a search. */
async function searchedTo(
  pool: Pool,
  { after, upTo, types }: Pick<FeedSelection, "after" | "upTo" | "types">,
): Promise<string> {
  if (types?.every((type) => type === stockChanged) === true) return upTo;
  const end = BigInt(after) + BigInt(placesSearchedMax);
  if (end >= BigInt(upTo)) return upTo;
  // Places that are gone need no search, and no page may end at one of them.
  return pastGone(pool, String(end));
}

/** What a change of stock tells. What can be had is told by the holder's levels as they are now. */
function changeOf(movement: StoredEvent["data"], holder: ChangedHolder): StoredEvent["data"] {
  const { change, unitsAfter, kind, reason, note } = movement ?? {};
  const units = Number(unitsAfter);
  return {
    sku: holder.sku,
    holder: { kind: holder.isVariant ? "variant" : "product", productSku: holder.productSku },
    unitsBefore: units - Number(change),
    unitsAfter: units,
    change,
    available: sellableUnits({ ...holder, units }),
    cause: { kind, reason, note },
  };
}

function statementFor(types: readonly string[] | undefined, skus: readonly string[] | undefined) {
  const wantsStock = types === undefined || types.includes(stockChanged);
  const wantsEvents = types === undefined || types.some((type) => type !== stockChanged);
  const isRare = types !== undefined && !types.includes("order.confirmed");
  const events = (isRare ? ofRareTypes : ofAllTypes)(skus === undefined ? "true" : isAboutSkus);
  const changes = skus === undefined ? changesOfStock : changesOfSkus;
  const branches = [...(wantsEvents ? [events] : []), ...(wantsStock ? [changes] : [])];
  const kind = `${wantsEvents ? (isRare ? "-rare" : "-all") : ""}${wantsStock ? "-stock" : ""}`;
  return {
    name: `read-feed${kind}${skus === undefined ? "" : "-of-skus"}`,
    text: statement(branches.join(" union all ")),
  };
}

/** The first line gives the types' parameter a type, also if no branch uses it. */
const statement = (found: string) => /* sql */ `
  with asked as (select $3::text[])
  select e.id::text as place, e.type, e.at, e.actor, e.data, e.found,
    coalesce(e.request_id, case when e.actor is null and e.type <> 'order.expired' then o.request_id end) as "requestId",
    case when o.id is not null then json_build_object('orderId', o.id, 'reference', o.reference,
      'status', o.status, 'paidAt', o.paid_at, 'lines', case when e.tells_lines then ${lines} else '[]' end,
      'shortages', case when e.tells_lines then ${shortages} else '[]' end) end as "order",
    case when l.id is not null then (select to_json(holder) from (select l.sku, l.variant_id is not null as "isVariant",
      p.sku as "productSku", ${holderColumns("l")}) holder) end as holder
  from (
    select page.*, count(*) over () as found, sum(case when page.tells_lines
        then (select json_array_length(o.requested) from "order" o where o.id = page.order_id) else 0 end)
      over (order by page.id) as lines_so_far
    from (
      select found.*, order_id is not null and type like 'order.%' as tells_lines
      from (select * from (${found}) as branch (id, type, at, order_id, actor, data, level_id, request_id)
        order by id limit $4) found
    ) page
  ) e left join "order" o on o.id = e.order_id
    left join stock_level l on l.id = e.level_id left join product p on p.id = l.product_id
  where coalesce(e.lines_so_far, 0) <= $5
  order by e.id`;
