// Forgets a customer: what is known of whom an order is for goes, and the order stays with its lines, so no count moves.

import type { Pool } from "pg";
import { isCustomer } from "../../domain/customer/same-customer.ts";
import { recordAct } from "../activity/record-acts.ts";
import { idAt } from "../reports/id-at.ts";
import { withoutCustomer } from "../../domain/search/order-text.ts";
import { findOrdersByText } from "../search/find-orders.ts";
import type { FoundPlaces } from "../search/look-at-blocks.ts";
import { type IndexedText, replaceInIndex } from "../search/index-orders.ts";
import { likePattern } from "../sql/like-pattern.ts";
import { type Sql, sqlOn } from "../sql/sql.ts";
import { inTransaction } from "../sql/transaction.ts";

/** How many orders are forgotten, and whether more may be there. "filling": the index of searches has not got all orders. */
export type Forgotten = { readonly orders: number; readonly hasMore: boolean } | "filling";

/**
 * The orders of one transaction; those that are looked at together; those that one call forgets; how long a call may look,
 * and how late an order may get into the index, in milliseconds.
 */
const limits = { portion: 200, look: 2_000, orders: 5_000, workMs: 20_000, lateMs: 10 * 60_000 };

/**
 * Forgets a customer in up to 5,000 orders, a portion in each transaction. Those that the index of searches has not got yet
 * are read themselves. It may be repeated, and does nothing if nothing is left. Orders of others with the same text cost
 * time, and do not count. How much one call does is a parameter only for tests.
 */
export async function forgetCustomer(
  pool: Pool,
  customer: string,
  { ordersMax, workMs } = { ordersMax: limits.orders, workMs: limits.workMs },
): Promise<Forgotten> {
  if (await isFilling(sqlOn(pool))) return "filling";
  const end = performance.now() + workMs;
  let orders = 0;
  for await (const found of findOrdersOf(pool, customer)) {
    for (let from = 0; from < found.length; from += limits.portion) {
      if (orders >= ordersMax) return { orders, hasMore: true };
      const most = Math.min(limits.portion, ordersMax - orders);
      const forgotten = await forgetIn(pool, customer, found.slice(from, from + most));
      if (forgotten === "filling") return forgotten;
      orders += forgotten;
      if (most < Math.min(limits.portion, found.length - from)) return { orders, hasMore: true };
    }
    if (performance.now() > end) return { orders, hasMore: true };
  }
  return { orders, hasMore: false };
}

type OrderOfSomebody = { readonly id: string; readonly customer: unknown };

/** Finds this customer's orders, some at a time, also none: those of others have the same text. */
async function* findOrdersOf(pool: Pool, customer: string): AsyncGenerator<readonly string[]> {
  const ofThisOne = (rows: readonly OrderOfSomebody[]) =>
    rows.filter((row) => isCustomer(row.customer, customer)).map(({ id }) => id);
  let after: string | undefined = idAt(new Date(Date.now() - limits.lateMs));
  for (let isFirst = true; after !== undefined; isFirst = false) {
    const rows: readonly OrderOfSomebody[] = await findRecent(sqlOn(pool), {
      customer,
      after,
      isFirst,
    });
    yield ofThisOne(rows);
    after = rows.length < limits.look ? undefined : rows.at(-1)?.id;
  }
  let before: number | undefined;
  do {
    const { found, searchedTo }: FoundPlaces = await findOrdersByText(pool, {
      customer,
      before,
      limit: limits.look,
    });
    const rows = await sqlOn(pool)<OrderOfSomebody>(
      'select id, customer from "order" where id = any ($1::uuid[]) and customer is not null',
      [found.map(({ id }) => id)],
    );
    yield ofThisOne(rows);
    before = found.length < limits.look ? (searchedTo ?? undefined) : found.at(-1)?.place;
  } while (before !== undefined);
}

/** Whether the index of searches lacks orders. In a transaction nothing gets into it then that was read before. */
async function isFilling(sql: Sql): Promise<boolean> {
  const [index] = await sql<{ isFilling: boolean }>(
    `select not p.complete and exists (select from "order" o where o.id <= p.covered_from) as "isFilling"
     from order_search_progress p for update`,
  );
  return index?.isFilling !== false;
}

/** Forgets the customer in those of some orders that are still of this customer, and resolves with how many. */
async function forgetIn(
  pool: Pool,
  customer: string,
  orders: readonly string[],
): Promise<number | "filling"> {
  return inTransaction(pool, async ({ sql }) => {
    if (await isFilling(sql)) return "filling";
    const rows = await sql<OrderOfSomebody>(
      `select id, customer from "order" where id = any ($1::uuid[]) and customer is not null
       order by id for update`,
      [orders],
    );
    const ids = rows.filter((row) => isCustomer(row.customer, customer)).map(({ id }) => id);
    if (ids.length === 0) return 0;
    await forget(sql, ids);
    await recordAct(sql, {
      kind: "customer.forgotten",
      // The record is never changed, so it does not say who the customer was.
      subject: { id: "customer", name: "a customer" },
      before: null,
      after: { orders: ids.length },
    });
    return ids.length;
  });
}

/** Orders after an id that may not be in the index yet; from the first page on, also those that got into it late. */
function findRecent(
  sql: Sql,
  { customer, after, isFirst }: { customer: string; after: string; isFirst: boolean },
): Promise<readonly OrderOfSomebody[]> {
  const inJson = JSON.stringify(customer.trim()).slice(1, -1);
  return sql(
    `select o.id, o.customer from "order" o, order_search_progress p
     where o.id > ${isFirst ? "least(p.covered_to, $1::uuid)" : "$1::uuid"} and o.customer::text ilike $2
     order by o.id limit $3`,
    [after, likePattern(inJson), limits.look],
  );
}

/** Of events, notes are forgotten: people write names into them. The ledger is never changed, so its notes stay. */
async function forget(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql(`update "order" set customer = null, note = null where id = any ($1::uuid[])`, [ids]);
  await sql(
    `update event set data = (data::jsonb - 'note')::json
     where order_id = any ($1::uuid[]) and data ->> 'note' is not null`,
    [ids],
  );
  await sql(
    `update webhook_attempt set answer = null, error = null
     where place in (select id from event where order_id = any ($1::uuid[]))`,
    [ids],
  );
  const indexed = await sql<IndexedText>(
    "select place, order_id as id, text from order_search where order_id = any ($1::uuid[])",
    [ids],
  );
  await replaceInIndex(
    sql,
    indexed.map((row) => ({ ...row, text: withoutCustomer(row.text) })),
  );
}
