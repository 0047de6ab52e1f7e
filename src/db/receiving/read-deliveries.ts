// Reads expected deliveries with what came of them.

import type { Pool } from "pg";
import { idOrNull } from "./id-or-null.ts";

/** A delivery in a list, with the units of all its lines. */
export type DeliveryEntry = {
  readonly id: string;
  readonly reference: string;
  readonly supplier: string | null;
  readonly note: string | null;
  readonly expectedAt: Date;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly closeReason: string | null;
  readonly units: number;
  readonly received: number;
  readonly incoming: number;
};

/** A delivery with its lines. The name is that of the item that has the SKU now; null if there is none. */
export type StoredDelivery = DeliveryEntry & {
  readonly lines: readonly {
    readonly sku: string;
    readonly name: string | null;
    readonly units: number;
    readonly received: number;
    readonly incoming: number;
  }[];
};

const columns = /* sql */ `
  d.id, d.reference, d.supplier, d.note, d.expected_at as "expectedAt", d.created_at as "createdAt",
  d.created_by as "createdBy", d.closed_at as "closedAt", d.closed_by as "closedBy",
  d.close_reason as "closeReason", total.units, total.received, total.incoming`;

const withTotals = /* sql */ `
  expected_delivery d, lateral (
    select sum(units)::float8 as units, sum(received)::float8 as received, sum(incoming)::float8 as incoming
    from expected_delivery_line where delivery_id = d.id) total`;

/** Reads the delivery with this reference, or with this id; null if there is none. */
export async function readDelivery(pool: Pool, key: string): Promise<StoredDelivery | null> {
  const { rows } = await pool.query<StoredDelivery>(
    `select ${columns},
       (select json_agg(json_build_object('sku', l.sku, 'units', l.units, 'received', l.received,
           'incoming', l.incoming, 'name', coalesce(p.name || ' – ' || v.name, p.name)) order by l.line)
         from expected_delivery_line l
           left join stock_level i on i.sku = l.sku and not i.retired
           left join product p on p.id = i.product_id left join variant v on v.id = i.variant_id
         where l.delivery_id = d.id) as lines
     from ${withTotals}
     where d.id = (select id from expected_delivery where reference = $1 union all
       select id from expected_delivery where id = $2 limit 1)`,
    [key, idOrNull(key)],
  );
  return rows[0] ?? null;
}

/**
 * Which deliveries a page holds: open ones, the earliest date first, or closed ones, the latest date first. `after` has
 * the date and id of the last delivery of the page before.
 */
export type DeliverySelection = {
  readonly status: "open" | "closed";
  readonly sku: string | undefined;
  readonly after: readonly [expectedAt: string, id: string] | undefined;
  readonly limit: number;
};

/** Reads up to `limit` deliveries. */
export async function listDeliveries(
  pool: Pool,
  { status, sku, after, limit }: DeliverySelection,
): Promise<DeliveryEntry[]> {
  const [direction, beyond, isOpen] =
    status === "open" ? ["asc", ">", "is null"] : ["desc", "<", "is not null"];
  const values: unknown[] = [limit];
  const where = [`d.closed_at ${isOpen}`];
  if (after !== undefined) {
    const [at, id] = after;
    where.push(
      `(d.expected_at, d.id) ${beyond} ($${values.push(at)}::timestamptz, $${values.push(id)}::uuid)`,
    );
  }
  if (sku !== undefined) {
    where.push(`exists (select from expected_delivery_line l
      where l.delivery_id = d.id and l.sku = $${values.push(sku)})`);
  }
  const { rows } = await pool.query<DeliveryEntry>(
    `select ${columns} from ${withTotals} where ${where.join(" and ")}
     order by d.expected_at ${direction}, d.id ${direction} limit $1`,
    values,
  );
  return rows;
}
