// Divides the orders that an audit looks at into parts of limited size: all orders, or those that have changed since a
// place.

import type { ClientBase } from "pg";
import type { Among } from "./invariant.ts";
import type { Place } from "./place.ts";

/** Some orders: a condition on their ids, with the values of its parameters. `size` is how many there are. */
export type OrderPart = {
  readonly among: Among;
  readonly values: readonly unknown[];
  readonly size: number;
};

/** Parts, and about how many orders they have in all. */
export type OrderParts = { readonly total: number; readonly parts: AsyncIterable<OrderPart> };

/** The orders of one part. Its statements take some tens of milliseconds. */
const ordersPerPart = 5_000;

const lowest = "00000000-0000-0000-0000-000000000000";
const highest = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** All orders. The parts leave out no id, so that they also have rows of orders that don't exist. */
export async function everyOrder(client: ClientBase): Promise<OrderParts> {
  const total = await count(client, 'select count(*)::integer as count from "order"', []);
  return { total, parts: ranges(client) };
}

const inRange: Among = (column) => `${column} > $1::uuid and ${column} <= $2::uuid`;

async function* ranges(client: ClientBase): AsyncGenerator<OrderPart> {
  let after = lowest;
  while (after !== highest) {
    const { rows } = await client.query<{ last: string | null; size: number }>(
      `select (array_agg(id order by id desc))[1] as last, count(*)::integer as size from (
         select id from "order" where id > $1 order by id limit ${ordersPerPart}) part`,
      [after],
    );
    const { last = null, size = 0 } = rows[0] ?? {};
    const upTo = last === null || size < ordersPerPart ? highest : last;
    yield { among: inRange, values: [after, upTo], size };
    after = upTo;
  }
}

/**
 * The orders that have changed since a place: those that wait, those with an event since then, and those with a movement
 * since then. Every command that changes an order writes an event.
 */
export async function changedOrders(client: ClientBase, since: Place): Promise<OrderParts> {
  const total = await count(
    client,
    `select ((select count(*) from "order" where status = 'pending')
       + (select count(*) from event where id > $1::bigint and order_id is not null))::integer as count`,
    [since.movement],
  );
  return { total, parts: changes(client, since) };
}

const inList: Among = (column) => `${column} = any ($1::uuid[])`;

const part = (ids: readonly string[]): OrderPart => ({
  among: inList,
  values: [[...new Set(ids)]],
  size: ids.length,
});

async function* changes(client: ClientBase, since: Place): AsyncGenerator<OrderPart> {
  yield* pages(client, waiting, [], [lowest]);
  yield* pages(client, withEvent, [], [since.movement]);
  yield* pages(client, withMovement, [since.movement], ["0", "0"]);
}

/** A row of a page: an order's id, and where the next page begins after it. */
type PageRow = { readonly id: string; readonly next: readonly string[] };

/** Reads a query page by page. The parameters are the fixed ones, then the place that the page begins after. */
async function* pages(
  client: ClientBase,
  query: string,
  fixed: readonly string[],
  start: readonly string[],
): AsyncGenerator<OrderPart> {
  let after = start;
  for (;;) {
    const { rows } = await client.query<PageRow>(`${query} limit ${ordersPerPart}`, [
      ...fixed,
      ...after,
    ]);
    if (rows.length > 0) yield part(rows.map(({ id }) => id));
    if (rows.length < ordersPerPart) return;
    after = rows.at(-1)?.next ?? start;
  }
}

const waiting = /* sql */ `select id, array[id::text] as next from "order"
  where status = 'pending' and id > $1::uuid order by id`;

/** An order that has several events is looked at once, with its last one. */
const withEvent = /* sql */ `select e.order_id as id, array[e.id::text] as next from event e
  where e.id > $1::bigint and e.order_id is not null
    and not exists (select from event later where later.order_id = e.order_id and later.id > e.id)
  order by e.id`;

/** Orders that have a movement, but no event that would tell of it. */
const withMovement = /* sql */ `select m.order_id as id, array[m.level_id::text, m.id::text] as next
  from stock_level l join movement m on m.level_id = l.id and m.id > $1::bigint
  where (m.level_id, m.id) > ($2::integer, $3::bigint) and m.order_id is not null
    and not exists (select from event e where e.order_id = m.order_id and e.id > $1::bigint)
  order by m.level_id, m.id`;

async function count(
  client: ClientBase,
  query: string,
  values: readonly string[],
): Promise<number> {
  const { rows } = await client.query<{ count: number }>(query, [...values]);
  return rows[0]?.count ?? 0;
}
