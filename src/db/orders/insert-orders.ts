// Intake: stores a group of new orders with one statement, whoever sent them. What is stored is durable
// when this returns; what is refused leaves nothing behind.

import type { Pool } from "pg";
import { arrayLiteral, textArrayLiteral } from "../sql/array-literal.ts";
import { findItems, type Item, type LineRefusal, refusalOf } from "./find-items.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import type { ItemMemory } from "./item-memory.ts";

/** An order to be stored. */
export type NewOrder = {
  readonly id: string;
  readonly reference: string;
  /**
   * A digest of what the client sent, in hexadecimal digits, by which a repeated request is told from a
   * different one.
   */
  readonly fingerprint: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** JSON, or null. */
  readonly customer: string | null;
  readonly note: string | null;
  readonly acceptedBy: string;
  /** Whether an open request waits for the outcome. */
  readonly awaited: boolean;
};

/** An order with the job that will announce it, which it may share with others. */
export type OrderOfJob = NewOrder & { readonly jobId: string };

/** What became of an order at intake. */
export type IntakeOutcome =
  | { readonly kind: "accepted"; readonly id: string }
  | {
      readonly kind: "known";
      readonly id: string;
      readonly status: string;
      /** Whether it is pending though it was accepted a while ago: its job may be lost. */
      readonly waitsLong: boolean;
    }
  | { readonly kind: "reference-conflict"; readonly id: string }
  | { readonly kind: "refused"; readonly lines: readonly LineRefusal[] };

/** How often orders are offered again because their items changed just before they were stored. */
const attemptsMax = 5;

/**
 * Stores the orders that can be ordered. An order whose reference is stored already is not stored again:
 * the same fingerprint makes it "known", another one a "reference-conflict". That is looked at before any
 * line, so that a repeated request gets its order even where its product has been disabled since.
 *
 * Items are taken from `memory` where it has them. Should it be outdated the database stores nothing, and what
 * it could not store is offered again with items that are looked up.
 */
export async function insertOrders(
  pool: Pool,
  memory: ItemMemory,
  orders: readonly OrderOfJob[],
  attempt = 1,
): Promise<IntakeOutcome[]> {
  if (attempt > attemptsMax) {
    throw new Error(`Items changed ${attemptsMax} times while orders of them were being stored.`);
  }
  const refusals = await lookAtLines(pool, memory, orders);
  const storable = orders.filter((order) => !refusals.has(order.id));
  const inserted =
    storable.length > 0
      ? await retryTransaction(() => insert(pool, memory, storable))
      : new Set<string>();
  const others = orders.filter((order) => !inserted.has(order.id));
  const known = others.length > 0 ? await findByReference(pool, others) : undefined;
  const outdated = others.filter(
    (order) => !refusals.has(order.id) && known?.has(order.reference) !== true,
  );
  const again = new Map<string, IntakeOutcome>();
  if (outdated.length > 0) {
    for (const { lines } of outdated) for (const { sku } of lines) memory.forget(sku);
    const outcomes = await insertOrders(pool, memory, outdated, attempt + 1);
    for (const [index, outcome] of outcomes.entries())
      again.set(outdated[index]?.id ?? "", outcome);
  }
  return orders.map((order): IntakeOutcome => {
    if (inserted.has(order.id)) return { kind: "accepted", id: order.id };
    const stored = known?.get(order.reference);
    if (stored === undefined) {
      return again.get(order.id) ?? { kind: "refused", lines: refusals.get(order.id) ?? [] };
    }
    return stored.fingerprint === order.fingerprint
      ? { kind: "known", id: stored.id, status: stored.status, waitsLong: stored.waitsLong }
      : { kind: "reference-conflict", id: stored.id };
  });
}

/** Sees to it that `memory` knows every item that can be ordered. Resolves with the refused lines by order. */
async function lookAtLines(
  pool: Pool,
  memory: ItemMemory,
  orders: readonly NewOrder[],
): Promise<ReadonlyMap<string, readonly LineRefusal[]>> {
  const missing = new Set<string>();
  for (const { lines } of orders) {
    for (const { sku } of lines) if (memory.get(sku) === undefined) missing.add(sku);
  }
  if (missing.size === 0) return new Map();
  const found = await findItems(pool, [...missing]);
  for (const item of found.values()) if (refusalOf(item) === null) memory.set(item.sku, item.id);
  const refused = orders.filter(({ lines }) =>
    lines.some(({ sku }) => memory.get(sku) === undefined),
  );
  if (refused.length === 0) return new Map();
  // Who is refused is told of every line that is wrong now, also of those that memory would have let through.
  const skus = new Set(refused.flatMap(({ lines }) => lines.map(({ sku }) => sku)));
  const items = await findItems(pool, [...skus]);
  return new Map(refused.map((order) => [order.id, refusedLines(order, items)]));
}

function refusedLines({ lines }: NewOrder, items: ReadonlyMap<string, Item>): LineRefusal[] {
  return lines.flatMap(({ sku }, line) => {
    const reason = refusalOf(items.get(sku));
    return reason === null ? [] : [{ line, sku, reason }];
  });
}

/**
 * Stores orders, all of them new and of sellable items, or none that another process has just made unsellable.
 * They go in by their references: statements that store the same ones at once wait for each other at the first
 * that they share, so in one direction only and never in a circle.
 */
async function insert(
  pool: Pool,
  memory: ItemMemory,
  unsorted: readonly OrderOfJob[],
): Promise<ReadonlySet<string>> {
  const orders = unsorted.toSorted(byReference);
  const items = new Map<string, number>();
  const requested = orders.map(({ lines }) => {
    const pairs = lines.map(({ sku, quantity }) => {
      const id = memory.get(sku) ?? 0;
      items.set(sku, id);
      return `[${id},${quantity}]`;
    });
    return `[${pairs.join(",")}]`;
  });
  const byId = [...items].toSorted(([, a], [, b]) => a - b);
  const { rows } = await pool.query<{ id: string }>({
    name: "insert-orders",
    text: `insert into "order" (id, reference, fingerprint, requested, customer, note, accepted_by, awaited,
        job_id)
      select id, reference, decode(fingerprint, 'hex'), requested, customer, note, accepted_by, awaited, job_id
      from unnest($1::uuid[], $2::text[], $3::text[], $4::json[], $5::json[], $6::text[], $7::text[],
        $8::boolean[], $9::uuid[])
        as o (id, reference, fingerprint, requested, customer, note, accepted_by, awaited, job_id)
      where (select array_agg(sku order by id) from stock_level
        where id = any ($10::integer[]) and enabled and not retired and not variant_required) = $11::text[]
      on conflict (reference) do nothing returning id`,
    values: [
      arrayLiteral(orders.map((order) => order.id)),
      textArrayLiteral(orders.map((order) => order.reference)),
      arrayLiteral(orders.map((order) => order.fingerprint)),
      textArrayLiteral(requested),
      textArrayLiteral(orders.map((order) => order.customer)),
      textArrayLiteral(orders.map((order) => order.note)),
      textArrayLiteral(orders.map((order) => order.acceptedBy)),
      arrayLiteral(orders.map((order) => (order.awaited ? "t" : "f"))),
      arrayLiteral(orders.map((order) => order.jobId)),
      arrayLiteral(byId.map(([, id]) => id)),
      textArrayLiteral(byId.map(([sku]) => sku)),
    ],
  });
  return new Set(rows.map((row) => row.id));
}

function byReference(a: NewOrder, b: NewOrder): number {
  if (a.reference === b.reference) return 0;
  return a.reference < b.reference ? -1 : 1;
}

async function findByReference(pool: Pool, orders: readonly NewOrder[]) {
  const { rows } = await pool.query<{
    id: string;
    reference: string;
    status: string;
    fingerprint: string;
    waitsLong: boolean;
  }>({
    name: "find-orders-by-reference",
    text: `select id, reference, status, encode(fingerprint, 'hex') as fingerprint,
        status = 'pending' and accepted_at < clock_timestamp() - interval '1 second' as "waitsLong"
      from "order" where reference = any ($1::text[])`,
    values: [orders.map((order) => order.reference)],
  });
  return new Map(rows.map((row) => [row.reference, row]));
}
