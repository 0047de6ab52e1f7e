// Intake: stores a group of new orders from any clients with one statement. When it resolves, the stored orders are
// durable, and nothing of the refused ones was stored.

import type { Pool } from "pg";
import { arrayLiteral, textArrayLiteral } from "../sql/array-literal.ts";
import { findItems, type Item, type LineRefusal, refusalOf } from "./find-items.ts";
import { type PayByFault, payByFault } from "../../domain/order/payment.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import type { ItemMemory } from "./item-memory.ts";
import { type RecognisedOrder, recogniseOrders } from "./recognise-orders.ts";

/** An order to be stored. */
export type NewOrder = {
  readonly id: string;
  readonly reference: string;
  /** A digest of the units of each SKU, in hexadecimal digits. With the reference, it tells a sale from another. */
  readonly fingerprint: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** JSON, or null. */
  readonly customer: string | null;
  readonly note: string | null;
  /** Until when it is to be paid, if it has such a time. */
  readonly payBy: Date | null;
  readonly acceptedBy: string;
  /** The id that the client gave its request, if it did. */
  readonly requestId?: string | null;
  /** The place of the request's span in a trace, if there are traces. It is not stored: the job has it. */
  readonly trace?: string | undefined;
  /** Whether an open request waits for the outcome. */
  readonly awaited: boolean;
};

/** An order with the id of the job that will announce it. Several orders may share a job. */
export type OrderOfJob = NewOrder & { readonly jobId: string };

/** What became of an order at intake. */
export type IntakeOutcome =
  | {
      readonly kind: "accepted";
      readonly id: string;
      /** Whether it takes its stock now or once it is paid, as the store's setting says. */
      readonly status: "pending" | "awaiting-payment";
    }
  | RecognisedOrder
  | {
      readonly kind: "refused";
      readonly lines: readonly LineRefusal[];
      /** What is wrong with its time for payment; null if nothing is. */
      readonly payBy: PayByFault | null;
    };

/** How often orders are offered to the database, at most. Items that change in between make it refuse orders. */
const attemptsMax = 5;

/**
 * Stores the orders whose lines can be ordered. Resolves with an outcome for each, in their order. If an order's
 * reference is stored already, the order is not stored again: with the same units it is "known", with others
 * a "reference-conflict". That is decided before its lines are looked at. So a repeated request gets its order even if
 * its product was disabled since.
 *
 * The ids of items come from `memory`. If they are outdated, the database does not store the orders. Those are offered
 * again, with ids that are looked up. Rejects if items change five times meanwhile, or as `pool.query` does.
 */
export async function insertOrders(
  pool: Pool,
  memory: ItemMemory,
  orders: readonly OrderOfJob[],
): Promise<IntakeOutcome[]> {
  const outcomes = new Map<string, IntakeOutcome>();
  let remaining = orders;
  for (let attempt = 1; remaining.length > 0; attempt += 1) {
    if (attempt > attemptsMax) {
      throw new Error(
        `Items changed ${attemptsMax} times while orders of them were being stored. Send these orders again.`,
      );
    }
    await offer(pool, memory, remaining, outcomes);
    remaining = remaining.filter(({ id }) => !outcomes.has(id));
    for (const { lines } of remaining) for (const { sku } of lines) memory.forget(sku);
  }
  return orders.flatMap(({ id }) => outcomes.get(id) ?? []);
}

/** Offers orders to the database once, and adds what became of them. An order whose items were outdated gets none. */
async function offer(
  pool: Pool,
  memory: ItemMemory,
  orders: readonly OrderOfJob[],
  outcomes: Map<string, IntakeOutcome>,
): Promise<void> {
  const refusals = await findRefusals(pool, memory, orders);
  const storable = orders.filter(({ id }) => !refusals.has(id));
  if (storable.length > 0) {
    const stored = await retryTransaction(() => insert(pool, memory, storable));
    for (const { id, unpaid } of stored) {
      outcomes.set(id, { kind: "accepted", id, status: unpaid ?? "pending" });
    }
  }
  const others = orders.filter(({ id }) => !outcomes.has(id));
  if (others.length === 0) return;
  const recognised = await recogniseOrders(pool, others);
  for (const order of others) {
    const stored = recognised.get(order.id);
    const refused = refusals.get(order.id);
    if (stored !== undefined) outcomes.set(order.id, stored);
    else if (refused !== undefined) outcomes.set(order.id, refused);
  }
}

/** An order that can't be stored, with the reasons. */
type RefusedOrder = Extract<IntakeOutcome, { readonly kind: "refused" }>;

/** Looks up the items that `memory` does not know and adds them. Resolves with the refused orders, by their ids. */
async function findRefusals(
  pool: Pool,
  memory: ItemMemory,
  orders: readonly NewOrder[],
): Promise<ReadonlyMap<string, RefusedOrder>> {
  const missing = new Set<string>();
  for (const { lines } of orders) {
    for (const { sku } of lines) if (memory.get(sku) === undefined) missing.add(sku);
  }
  const found = missing.size === 0 ? new Map<string, Item>() : await findItems(pool, [...missing]);
  for (const item of found.values()) if (refusalOf(item) === null) memory.set(item.sku, item.id);
  const now = new Date();
  const refused = orders.filter(
    ({ lines, payBy }) =>
      (payBy !== null && payByFault(payBy, now) !== null) ||
      (missing.size > 0 && lines.some(({ sku }) => memory.get(sku) === undefined)),
  );
  if (refused.length === 0) return new Map();
  // The refusal names every line that is wrong now, including those that memory would have let through.
  const skus = new Set(refused.flatMap(({ lines }) => lines.map(({ sku }) => sku)));
  const items = await findItems(pool, [...skus]);
  return new Map(
    refused.map((order) => {
      const payBy = order.payBy === null ? null : payByFault(order.payBy, now);
      return [order.id, { kind: "refused", lines: refusedLines(order, items), payBy }];
    }),
  );
}

function refusedLines({ lines }: NewOrder, items: ReadonlyMap<string, Item>): LineRefusal[] {
  return lines.flatMap(({ sku }, line) => {
    const reason = refusalOf(items.get(sku));
    return reason === null ? [] : [{ line, sku, reason }];
  });
}

/**
 * Stores the orders that are new. If an item is no longer the one that `memory` has, or can't be ordered any more, it
 * stores none of them. Resolves with the stored ones.
 *
 * The statement reads the store's setting when stock is taken, so that a change of it takes effect with the next order.
 *
 * Orders are stored in ascending reference. So two statements that store the same orders at once can't deadlock: one
 * waits for the other at the first reference that they share.
 */
async function insert(
  pool: Pool,
  memory: ItemMemory,
  unsorted: readonly OrderOfJob[],
): Promise<StoredNow[]> {
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
  const { rows } = await pool.query<StoredNow>({
    name: "insert-orders",
    text: `insert into "order" (id, reference, fingerprint, requested, customer, note, accepted_by, awaited,
        job_id, pay_by, status, pays_first, request_id)
      select id, reference, decode(fingerprint, 'hex'), requested, customer, note, accepted_by, awaited, job_id,
        pay_by, case when pays_first then 'awaiting-payment' else 'pending' end, pays_first, request_id
      from (select take_stock = 'paid' from store) store (pays_first),
        unnest($1::uuid[], $2::text[], $3::text[], $4::json[], $5::json[], $6::text[], $7::text[],
        $8::boolean[], $9::uuid[], $12::timestamptz[], $13::text[])
        as o (id, reference, fingerprint, requested, customer, note, accepted_by, awaited, job_id, pay_by, request_id)
      where (select array_agg(sku order by id) from stock_level
        where id = any ($10::integer[]) and enabled and not retired and not variant_required) = $11::text[]
      on conflict (reference) do nothing returning id, nullif(status, 'pending') as unpaid`,
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
      // Usually none has these. PostgreSQL takes the elements that are missing at the end for null.
      orders.some(({ payBy }) => payBy !== null)
        ? arrayLiteral(orders.map(({ payBy }) => payBy?.toISOString() ?? "NULL"))
        : "{}",
      orders.some(({ requestId = null }) => requestId !== null)
        ? textArrayLiteral(orders.map(({ requestId = null }) => requestId))
        : "{}",
    ],
  });
  return rows;
}

/** An order that was stored by this statement. `unpaid` is its status if it awaits its payment. */
type StoredNow = { readonly id: string; readonly unpaid: "awaiting-payment" | null };

function byReference(a: NewOrder, b: NewOrder): number {
  if (a.reference === b.reference) return 0;
  return a.reference < b.reference ? -1 : 1;
}
