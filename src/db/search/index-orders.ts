// Adds orders to the index of searches, a group in each transaction. One process does it at a time: it locks the row of the
// progress, and another one that finds the row locked does nothing.

import type { Pool } from "pg";
import { keysOfOrder, orderText, type SearchedOrder } from "../../domain/search/order-text.ts";
import { keysOfPlace } from "../../domain/search/search-keys.ts";
import { idAt } from "../reports/id-at.ts";
import { arrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction } from "../sql/transaction.ts";

/** Orders of one group, and rows that are looked at once for one that was committed late. */
const limits = { group: 400, looked: 4_000, linesOfOrder: 150 };

/** How old an order must be, in milliseconds: to be added, and to be looked for a second time. */
export const indexAges = { young: 500, late: 6 * 60_000 };

/** What one step did: how many orders it added, and whether more wait, as far as it saw. */
export type IndexStep = { readonly added: number; readonly isDone: boolean };

type Progress = {
  readonly firstPlace: number;
  readonly lastPlace: number;
  readonly coveredFrom: string;
  readonly coveredTo: string;
  readonly settledTo: string;
  readonly complete: boolean;
};

/** An order to be added. */
export type IndexedOrder = SearchedOrder & { readonly id: string };

/**
 * Whether a step would find an order that it has to look at. It is one statement that locks nothing, so that it may be
 * asked each second while no orders come.
 */
export async function hasOrdersToIndex(pool: Pool, ages = indexAges): Promise<boolean> {
  const now = Date.now();
  const { rows } = await pool.query<{ found: boolean }>({
    name: "has-orders-to-index",
    text: `select not p.complete
        or exists (select from "order" o where o.id > p.covered_to and o.id < $1::uuid)
        or exists (select from "order" o where o.id > p.settled_to and o.id <= least(p.covered_to, $2::uuid)) as found
      from order_search_progress p`,
    values: [idAt(new Date(now - ages.young)), idAt(new Date(now - ages.late))],
  });
  return rows[0]?.found ?? false;
}

/**
 * Adds a group of orders: new ones first, then those that were committed late, then older ones that were there before the
 * index. `ages` are a parameter only for tests.
 */
export async function indexOrders(pool: Pool, ages = indexAges): Promise<IndexStep> {
  return inTransaction(pool, async ({ sql }) => {
    const [progress] = await sql<Progress>(
      `select first_place as "firstPlace", last_place as "lastPlace", covered_from as "coveredFrom",
         covered_to as "coveredTo", settled_to as "settledTo", complete
       from order_search_progress for update skip locked`,
    );
    if (progress === undefined) return { added: 0, isDone: true };
    const news = await addNew(sql, progress, ages);
    if (news > 0) return { added: news, isDone: false };
    const late = await addLate(sql, progress, ages);
    if (late.looked > 0) return { added: late.added, isDone: false };
    if (progress.complete) return { added: 0, isDone: true };
    return { added: await addOlder(sql, progress), isDone: false };
  });
}

async function addNew(sql: Sql, progress: Progress, { young }: typeof indexAges): Promise<number> {
  const orders = await readSources(
    sql,
    "o.id > $1::uuid and o.id < $2::uuid order by o.id limit $3",
    [progress.coveredTo, idAt(new Date(Date.now() - young)), limits.group],
  );
  const last = orders.at(-1);
  if (last === undefined) return 0;
  await addToIndex(sql, orders, progress.lastPlace + 1);
  await sql("update order_search_progress set covered_to = $1, last_place = last_place + $2", [
    last.id,
    orders.length,
  ]);
  return orders.length;
}

async function addLate(sql: Sql, progress: Progress, { late }: typeof indexAges) {
  const before = idAt(new Date(Date.now() - late));
  const until = before < progress.coveredTo ? before : progress.coveredTo;
  const [slice] = await sql<{ looked: number; missing: string[]; last: string | null }>(
    `select count(*)::integer as looked, max(id::text) as last,
       coalesce(array_agg(id order by id) filter (where not known), '{}')::text[] as missing
     from (
       select o.id, exists (select from order_search s where s.order_id = o.id) as known
       from "order" o where o.id > $1::uuid and o.id <= $2::uuid order by o.id limit $3) looked`,
    [progress.settledTo, until, limits.looked],
  );
  if (slice === undefined || slice.last === null) return { looked: 0, added: 0 };
  // What is older than the index's beginning is added with the older ones.
  const missing = slice.missing.filter((id) => progress.complete || id > progress.coveredFrom);
  const some = missing.slice(0, limits.group);
  const settled = some.length < missing.length ? (some.at(-1) ?? slice.last) : slice.last;
  if (some.length > 0) {
    const orders = await readSources(sql, "o.id = any ($1::uuid[]) order by o.id", [
      arrayLiteral(some),
    ]);
    await addToIndex(sql, orders, progress.lastPlace + 1);
  }
  await sql("update order_search_progress set settled_to = $1, last_place = last_place + $2", [
    settled,
    some.length,
  ]);
  return { looked: slice.looked, added: some.length };
}

async function addOlder(sql: Sql, progress: Progress): Promise<number> {
  const newest = await readSources(sql, "o.id <= $1::uuid order by o.id desc limit $2", [
    progress.coveredFrom,
    limits.group,
  ]);
  const orders = newest.toReversed();
  const oldest = orders[0];
  if (oldest === undefined) {
    await sql("update order_search_progress set complete = true");
    return 0;
  }
  await addToIndex(sql, orders, progress.firstPlace - orders.length + 1);
  await sql("update order_search_progress set covered_from = $1, first_place = first_place - $2", [
    idBefore(oldest.id),
    orders.length,
  ]);
  return orders.length;
}

/** The greatest id that is less than this one. */
function idBefore(id: string): string {
  const digits = id.replaceAll("-", "");
  const before = (BigInt(`0x${digits}`) - 1n).toString(16).padStart(32, "0");
  return [8, 12, 16, 20, 32]
    .map((end, index, ends) => before.slice(index === 0 ? 0 : ends[index - 1], end))
    .join("-");
}

async function readSources(
  sql: Sql,
  which: string,
  values: readonly unknown[],
): Promise<readonly IndexedOrder[]> {
  return sql<IndexedOrder>(
    // With "offset 0" each line's item is found by its key.
    `select o.id, o.reference, o.customer,
       coalesce((
         select array_agg(item.words order by line.place)
         from json_array_elements(o.requested) with ordinality as line (entry, place),
           lateral (
             select concat_ws(' ', l.sku, p.name, v.name) as words
             from stock_level l join product p on p.id = l.product_id
               left join variant v on v.id = l.variant_id
             where l.id = (line.entry ->> 0)::integer offset 0) item
         where line.place <= ${limits.linesOfOrder}), '{}') as items
     from "order" o where ${which}`,
    values,
  );
}

/** Adds orders at the places from `firstPlace` on. Those that the index has already stay as they are. */
export async function addToIndex(
  sql: Sql,
  orders: readonly IndexedOrder[],
  firstPlace: number,
): Promise<void> {
  const texts = orders.map(orderText);
  await sql(
    `insert into order_search (place, order_id, text, keys)
     select $1::bigint + given.nr - 1, given.id, given.text, given.keys::smallint[]
     from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as given (id, text, keys, nr)
     on conflict (order_id) do nothing`,
    [
      firstPlace,
      orders.map(({ id }) => id),
      texts,
      texts.map((text, index) =>
        arrayLiteral([...keysOfOrder(text), ...keysOfPlace(firstPlace + index)]),
      ),
    ],
  );
}

/** The text of an order at its place in the index. */
export type IndexedText = { readonly place: number; readonly id: string; readonly text: string };

/** Gives orders that are in the index other texts, with their keys. They keep their places. */
export async function replaceInIndex(sql: Sql, texts: readonly IndexedText[]): Promise<void> {
  await sql(
    `update order_search s set text = given.text, keys = given.keys::smallint[]
     from unnest($1::uuid[], $2::text[], $3::text[]) as given (id, text, keys) where s.order_id = given.id`,
    [
      texts.map(({ id }) => id),
      texts.map(({ text }) => text),
      texts.map(({ text, place }) => arrayLiteral([...keysOfOrder(text), ...keysOfPlace(place)])),
    ],
  );
}
