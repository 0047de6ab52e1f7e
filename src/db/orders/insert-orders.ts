// Intake: stores a group of new orders with one statement, whoever sent them. What is stored is durable
// when this returns; what is refused leaves nothing behind.

import type { Pool } from "pg";
import { arrayLiteral } from "./lock-batch.ts";

/** An order to be stored. */
export type NewOrder = {
  readonly id: string;
  readonly reference: string;
  /** A digest of what the client sent, by which a repeated request is told from a different one. */
  readonly fingerprint: Buffer;
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

/** Why a line can't be ordered; `line` is its place in the order. */
export type LineRefusal = {
  readonly line: number;
  readonly sku: string;
  readonly reason: "unknown-sku" | "disabled" | "variant-required";
};

/** What became of an order at intake. */
export type IntakeOutcome =
  | { readonly kind: "accepted"; readonly id: string }
  | {
      readonly kind: "known";
      readonly id: string;
      readonly status: string;
      /** The job that announced it. */
      readonly jobId: string;
    }
  | { readonly kind: "reference-conflict"; readonly id: string }
  | { readonly kind: "refused"; readonly lines: readonly LineRefusal[] };

type Item = { sku: string; id: number; enabled: boolean; variantRequired: boolean };

/**
 * Stores the orders that can be ordered. An order whose reference is stored already is not stored again:
 * the same fingerprint makes it "known", another one a "reference-conflict". That is looked at before any
 * line, so that a repeated request gets its order even where its product has been disabled since.
 */
export async function insertOrders(
  pool: Pool,
  orders: readonly OrderOfJob[],
): Promise<IntakeOutcome[]> {
  const items = await findItems(pool, orders);
  const refusals = orders.map((order) => refusedLines(order, items));
  const storable = orders.filter((_order, index) => refusals[index]?.length === 0);
  const inserted = storable.length > 0 ? await insert(pool, storable, items) : new Set<string>();
  const others = orders.filter((order) => !inserted.has(order.id));
  const known = others.length > 0 ? await findByReference(pool, others) : undefined;
  return orders.map((order, index): IntakeOutcome => {
    if (inserted.has(order.id)) return { kind: "accepted", id: order.id };
    const stored = known?.get(order.reference);
    if (stored === undefined) return { kind: "refused", lines: refusals[index] ?? [] };
    return stored.fingerprint.equals(order.fingerprint)
      ? { kind: "known", id: stored.id, status: stored.status, jobId: stored.jobId }
      : { kind: "reference-conflict", id: stored.id };
  });
}

async function findItems(
  pool: Pool,
  orders: readonly NewOrder[],
): Promise<ReadonlyMap<string, Item>> {
  const skus = new Set(orders.flatMap((order) => order.lines.map((line) => line.sku)));
  const { rows } = await pool.query<Item>({
    name: "find-items",
    text: `select sku, id, enabled, variant_required as "variantRequired"
      from stock_level where sku = any ($1::text[]) and not retired`,
    values: [[...skus]],
  });
  return new Map(rows.map((row) => [row.sku, row]));
}

function refusedLines(order: NewOrder, items: ReadonlyMap<string, Item>): LineRefusal[] {
  const refusals: LineRefusal[] = [];
  for (const [line, { sku }] of order.lines.entries()) {
    const item = items.get(sku);
    if (item === undefined) refusals.push({ line, sku, reason: "unknown-sku" });
    else if (!item.enabled) refusals.push({ line, sku, reason: "disabled" });
    else if (item.variantRequired) refusals.push({ line, sku, reason: "variant-required" });
  }
  return refusals;
}

async function insert(
  pool: Pool,
  orders: readonly OrderOfJob[],
  items: ReadonlyMap<string, Item>,
): Promise<ReadonlySet<string>> {
  const requested = orders.map(
    (order) =>
      `[${order.lines.map(({ sku, quantity }) => `[${items.get(sku)?.id},${quantity}]`).join(",")}]`,
  );
  const { rows } = await pool.query<{ id: string }>({
    name: "insert-orders",
    text: `insert into "order" (id, reference, fingerprint, requested, customer, note, accepted_by, awaited,
        job_id)
      select id, reference, decode(fingerprint, 'hex'), requested, customer, note, accepted_by, awaited, job_id
      from unnest($1::uuid[], $2::text[], $3::text[], $4::json[], $5::json[], $6::text[], $7::text[],
        $8::boolean[], $9::uuid[])
        as o (id, reference, fingerprint, requested, customer, note, accepted_by, awaited, job_id)
      on conflict (reference) do nothing returning id`,
    values: [
      arrayLiteral(orders.map((order) => order.id)),
      orders.map((order) => order.reference),
      arrayLiteral(orders.map((order) => order.fingerprint.toString("hex"))),
      requested,
      orders.map((order) => order.customer),
      orders.map((order) => order.note),
      orders.map((order) => order.acceptedBy),
      arrayLiteral(orders.map((order) => (order.awaited ? "t" : "f"))),
      arrayLiteral(orders.map((order) => order.jobId)),
    ],
  });
  return new Set(rows.map((row) => row.id));
}

async function findByReference(pool: Pool, orders: readonly NewOrder[]) {
  const { rows } = await pool.query<{
    id: string;
    reference: string;
    status: string;
    fingerprint: Buffer;
    jobId: string;
  }>({
    name: "find-orders-by-reference",
    text: `select id, reference, status, fingerprint, coalesce(job_id, id) as "jobId"
      from "order" where reference = any ($1::text[])`,
    values: [orders.map((order) => order.reference)],
  });
  return new Map(rows.map((row) => [row.reference, row]));
}
