// Recognises orders that were sent before, by their reference and their units of each SKU. Only orders that could not be
// stored come here, so an order that is new costs nothing.

import type { OrderStatus } from "../../domain/order/order-status.ts";
import { pendingSince } from "./pending-since.ts";
import type { Pool } from "pg";
import { comparedText } from "../../domain/compared-text.ts";
import { differencesOf, type SaleDifference, type SoldLine } from "../../domain/order/same-sale.ts";
import { arrayLiteral } from "../sql/array-literal.ts";

/** What identifies a sale that may have been stored before. */
export type SentSale = {
  /** The id that it would be stored with. */
  readonly id: string;
  readonly reference: string;
  /** The digest of its units of each SKU, in hexadecimal digits. */
  readonly fingerprint: string;
  readonly lines: readonly SoldLine[];
};

/** A stored order with the reference of one that was sent: the same sale, or a sale of other goods. */
export type RecognisedOrder =
  | {
      readonly kind: "known";
      readonly id: string;
      readonly status: OrderStatus;
      /** Whether it has been pending for over a second: its job may be lost. */
      readonly waitsLong: boolean;
    }
  | {
      readonly kind: "reference-conflict";
      readonly id: string;
      readonly status: OrderStatus;
      readonly differences: readonly SaleDifference[];
    };

/** Resolves with the recognised orders, by the id that each was sent with. The others' references are free. */
export async function recogniseOrders(
  pool: Pool,
  orders: readonly SentSale[],
): Promise<ReadonlyMap<string, RecognisedOrder>> {
  const stored = await findByReference(pool, orders);
  const recognised = new Map<string, RecognisedOrder>();
  const doubtful: { order: SentSale; of: StoredReference }[] = [];
  for (const order of orders) {
    const of = stored.get(order.reference);
    if (of === undefined) continue;
    if (of.fingerprint === order.fingerprint) recognised.set(order.id, known(of));
    else doubtful.push({ order, of });
  }
  if (doubtful.length === 0) return recognised;
  // Orders of version 0.1.0 have a fingerprint of their whole request. So with another one it may still be the same sale.
  const lines = await readSoldLines(
    pool,
    doubtful.map(({ of }) => of.id),
  );
  for (const { order, of } of doubtful) {
    const differences = differencesOf(lines.get(of.id) ?? [], order.lines);
    recognised.set(
      order.id,
      differences.length === 0
        ? known(of)
        : { kind: "reference-conflict", id: of.id, status: of.status, differences },
    );
  }
  return recognised;
}

function known({ id, status, waitsLong }: StoredReference): RecognisedOrder {
  return { kind: "known", id, status, waitsLong };
}

type StoredReference = {
  readonly id: string;
  readonly reference: string;
  readonly status: OrderStatus;
  readonly fingerprint: string;
  readonly waitsLong: boolean;
};

async function findByReference(
  pool: Pool,
  orders: readonly SentSale[],
): Promise<ReadonlyMap<string, StoredReference>> {
  const { rows } = await pool.query<StoredReference>({
    name: "find-orders-by-reference",
    text: `select id, reference, status, encode(fingerprint, 'hex') as fingerprint,
        status = 'pending' and ${pendingSince()} < clock_timestamp() - interval '1 second' as "waitsLong"
      from "order" where reference = any ($1::text[])`,
    values: [orders.map((order) => order.reference)],
  });
  return new Map(rows.map((row) => [row.reference, row]));
}

/** Reads the lines of orders as they were requested. The SKU of an item that was deleted since is the one it had. */
async function readSoldLines(
  pool: Pool,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly SoldLine[]>> {
  const { rows } = await pool.query<SoldLine & { readonly id: string }>({
    name: "read-sold-lines",
    text: `select o.id, item.sku, (r.line ->> 1)::integer as quantity
      from "order" o, json_array_elements(o.requested) as r (line),
        lateral (select sku from stock_level where id = (r.line ->> 0)::integer offset 0) item
      where o.id = any ($1::uuid[])`,
    values: [arrayLiteral(ids)],
  });
  const lines = new Map<string, SoldLine[]>();
  for (const { id, sku, quantity } of rows) {
    const ofOrder = lines.get(id) ?? [];
    lines.set(id, ofOrder);
    ofOrder.push({ sku: comparedText(sku), quantity });
  }
  return lines;
}
