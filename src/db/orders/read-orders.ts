// Reads orders with their lines, the reasons of a rejection, and the log of their status. Before an order is decided,
// its lines are those that were requested. Once it is confirmed, they are rows of their own.

import type { Pool } from "pg";
import type { LineUnits, RequestedUnits } from "../../domain/order/line-units.ts";
import type { OrderStatus } from "../../domain/order/order-status.ts";
import type { ShortageReason } from "../../domain/order/plan-order.ts";
import { mayLackDecision } from "../retention/kept.ts";
import { arrayLiteral } from "../sql/array-literal.ts";
import { pageLinesMax } from "./page-lines.ts";
import { type OrderNarrowing, statusAndPeriod } from "./order-conditions.ts";
import { findOrdersOfSku, type FoundOrders } from "./find-orders-of-sku.ts";
import { findWaitingOrders } from "./find-waiting-orders.ts";

/** An order as it is stored. */
export type StoredOrder = {
  readonly id: string;
  readonly reference: string;
  readonly status: OrderStatus;
  readonly acceptedAt: Date;
  readonly acceptedBy: string;
  readonly decidedAt: Date | null;
  readonly payBy: Date | null;
  readonly paidAt: Date | null;
  readonly customer: Record<string, unknown> | null;
  readonly note: string | null;
  /** The id of the job that announced it last. */
  readonly jobId: string;
  readonly lines: readonly StoredLine[];
  readonly shortages: readonly ReadShortage[];
  readonly statusLog: readonly {
    readonly status: string;
    readonly at: string;
    readonly actor: string;
    readonly note: string | null;
    /** What was allocated, cancelled, refunded or restocked; null otherwise. */
    readonly lines: readonly RequestedUnits[] | null;
  }[];
};

/** Why an order was rejected. What earlier versions did not store is null. */
export type ReadShortage = {
  readonly skus: readonly string[];
  readonly reason: ShortageReason;
  readonly requested: number;
  readonly available: number;
  readonly unitsInStock: number | null;
  readonly heldBack: number | null;
  /** At or below so many units, nothing was sold. */
  readonly outOfStockAt: number | null;
};

type StoredLine = LineUnits & { readonly sku: string; readonly name: string };

/** The orders of a list, newest first. `before` is the id that the page starts after. `waiting`: only those that wait. */
export type OrderSelection = OrderNarrowing & {
  readonly before?: string | undefined;
  readonly limit: number;
};

/**
 * The SKU and name of an item. With "offset 0" PostgreSQL plans it apart from the query around it and finds each line's
 * item by its key. Without it and without statistics of orders, PostgreSQL would read the whole catalogue.
 */
const itemOf = (id: string) => /* sql */ `
  lateral (
    select l.sku, coalesce(p.name || ' – ' || v.name, p.name) as name
    from stock_level l join product p on p.id = l.product_id left join variant v on v.id = l.variant_id
    where l.id = ${id} offset 0) item`;

/** An order that was decided long ago, whose event of that was removed. The order still tells when and what it was. */
const hasLostDecision = /* sql */ `${mayLackDecision("o.decided_at")}
  and (o.rejection is not null or exists (select from order_line i where i.order_id = o.id))
  and not exists (select from event e
    where e.order_id = o.id and e.type in ('order.confirmed', 'order.rejected'))`;

const columns = /* sql */ `
  o.id, o.reference, o.status, o.accepted_at as "acceptedAt", o.accepted_by as "acceptedBy",
  o.decided_at as "decidedAt", o.pay_by as "payBy", o.paid_at as "paidAt", o.customer, o.note, coalesce(o.job_id, o.id) as "jobId",
  coalesce(
    (select json_agg(json_build_object('sku', item.sku, 'name', item.name, 'quantity', i.quantity,
        'allocated', i.allocated, 'preOrdered', i.pre_ordered, 'cancelled', i.cancelled, 'refunded', i.refunded,
        'released', i.released, 'restocked', i.restocked) order by i.line)
      from order_line i, ${itemOf("i.item_id")}
      where i.order_id = o.id),
    (select json_agg(json_build_object('sku', item.sku, 'name', item.name, 'quantity', (r.line ->> 1)::integer,
        'allocated', 0, 'preOrdered', 0, 'cancelled', 0, 'refunded', 0, 'released', 0, 'restocked', 0)
        order by r.place)
      from json_array_elements(o.requested) with ordinality as r (line, place),
        ${itemOf("(r.line ->> 0)::integer")})) as lines,
  coalesce(
    (select json_agg(json_build_object('reason', s ->> 'reason', 'requested', (s ->> 'demanded')::bigint,
        'available', (s ->> 'available')::bigint, 'unitsInStock', s -> 'unitsInStock',
        'heldBack', s -> 'heldBack', 'outOfStockAt', s -> 'outOfStockAt', 'skus',
        (select json_agg(distinct item.sku) from json_array_elements_text(s -> 'items') as short (id),
          ${itemOf("short.id::integer")})))
      from json_array_elements(o.rejection) s), '[]'::json) as shortages,
  (select json_agg(log order by log.at) from (
      select case when o.pays_first then 'awaiting-payment' else 'pending' end as status,
        o.accepted_at as at, o.accepted_by as actor, null as note, null::json as lines
      union all
      select substr(e.type, 7), e.at, coalesce(e.actor, 'tallyman'), e.data ->> 'note',
        coalesce(e.data -> 'lines', (
          select json_agg(json_build_object('sku', a ->> 'sku', 'quantity', (a ->> 'units')::integer))
          from json_array_elements(e.data -> 'allocated') a))
      from event e where e.order_id = o.id and e.type like 'order.%'
      union all
      select case when o.rejection is null then 'confirmed' else 'rejected' end, o.decided_at, 'tallyman', null, null
      where ${hasLostDecision}) log) as "statusLog"`;

/** Reads one order, or null if there is none. */
export async function readOrder(pool: Pool, id: string): Promise<StoredOrder | null> {
  const [order] = await readOrdersById(pool, [id]);
  return order ?? null;
}

/**
 * Reads orders by their ids. Resolves with one entry for each id, in their order: the order, or null if there is none.
 */
export async function readOrdersById(
  pool: Pool,
  ids: readonly string[],
): Promise<(StoredOrder | null)[]> {
  const { rows } = await pool.query<StoredOrder>({
    name: "read-orders-by-id",
    text: `select ${columns} from "order" o where o.id = any ($1::uuid[])`,
    values: [arrayLiteral(ids)],
  });
  const orders = new Map(rows.map((order) => [order.id, order]));
  return ids.map((id) => orders.get(id.toLowerCase()) ?? null);
}

/** A page of orders, newest first. `next` is the id that the next page starts after, null if there is none. */
export type OrderPage = { readonly orders: readonly StoredOrder[]; readonly next: string | null };

/**
 * Reads up to `limit` orders, newest first. It reads fewer if together they would have more than `pageLinesMax` lines,
 * or if a search for an SKU reached its limit of orders.
 */
export async function readOrders(pool: Pool, selection: OrderSelection): Promise<OrderPage> {
  const { sku, limit } = selection;
  const { ids, searchedTo } = await findOrders(pool, { ...selection, limit: limit + 1 });
  const read = (await readWithinLines(pool, ids)).slice(0, limit);
  const last = ids.length > read.length ? read.at(-1) : undefined;
  const orders = read.filter(({ lines }) => sku === undefined || lines.some(isServed(sku)));
  return { orders, next: last?.id ?? searchedTo };
}

async function findOrders(pool: Pool, selection: OrderSelection): Promise<FoundOrders> {
  const { sku, reference, waiting, limit } = selection;
  if (waiting === true) return { ids: await findWaitingOrders(pool, selection), searchedTo: null };
  if (sku !== undefined && reference === undefined) {
    return findOrdersOfSku(pool, { ...selection, sku });
  }
  return { ids: await findLatest(pool, selection, limit), searchedTo: null };
}

const isServed = (sku: string) => (line: StoredLine) =>
  line.sku === sku && line.allocated + line.preOrdered + line.released > 0;

async function findLatest(
  pool: Pool,
  { reference, before, ...narrowing }: OrderSelection,
  limit: number,
): Promise<string[]> {
  const values: unknown[] = [limit];
  const place = (value: unknown) => `$${values.push(value)}`;
  const conditions = ["true", ...statusAndPeriod("o", narrowing, place)];
  if (reference !== undefined) conditions.push(`o.reference = ${place(reference)}`);
  if (before !== undefined) conditions.push(`o.id < ${place(before)}`);
  const { rows } = await pool.query<{ id: string }>(
    `select o.id from "order" o where ${conditions.join(" and ")} order by o.id desc limit $1`,
    values,
  );
  return rows.map(({ id }) => id);
}

/**
 * Reads orders, newest first, as long as they have at most `pageLinesMax` lines together.
 */
export async function readWithinLines(pool: Pool, ids: readonly string[]): Promise<StoredOrder[]> {
  const { rows } = await pool.query<StoredOrder>(
    `select ${columns} from (
        select page.*, sum(json_array_length(requested)) over (order by id desc) as lines_so_far
        from "order" page where id = any ($1::uuid[])) o
      where lines_so_far <= $2 order by id desc`,
    [arrayLiteral(ids), pageLinesMax],
  );
  return rows;
}
