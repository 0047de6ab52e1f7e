// Reads receipts, with the level and the movement of each line.

import type { Pool } from "pg";
import { idOrNull } from "./id-or-null.ts";

/** A receipt in a list. `units` are those of all its lines. */
export type ReceiptEntry = {
  readonly id: string;
  readonly reference: string;
  readonly supplier: string | null;
  readonly note: string | null;
  readonly expectedDelivery: string | null;
  readonly receivedAt: Date;
  readonly receivedBy: string;
  readonly units: number;
  readonly lineCount: number;
};

/** A receipt with its lines. */
export type StoredReceipt = Omit<ReceiptEntry, "lineCount"> & {
  readonly lines: readonly {
    readonly sku: string;
    readonly name: string;
    readonly units: number;
    readonly holder: { readonly sku: string; readonly isVariant: boolean };
    readonly movement: {
      readonly id: string;
      readonly change: number;
      readonly unitsAfter: number;
      readonly at: string;
      readonly requestId: string | null;
      readonly undoneBy: string | null;
    };
  }[];
};

const columns = /* sql */ `
  r.id, r.reference, r.supplier, r.note, d.reference as "expectedDelivery", r.received_at as "receivedAt",
  r.received_by as "receivedBy"`;

const fromReceipts = "receipt r left join expected_delivery d on d.id = r.expected_delivery_id";

/** Reads the receipt with this reference, or with this id; null if there is none. */
export async function readReceipt(pool: Pool, key: string): Promise<StoredReceipt | null> {
  const { rows } = await pool.query<StoredReceipt>(
    `select ${columns}, lines.units::float8 as units, lines.lines
     from ${fromReceipts}, lateral (
       select sum(l.units) as units, json_agg(json_build_object('sku', l.sku, 'units', l.units,
           'name', coalesce(p.name || ' – ' || v.name, p.name),
           'holder', json_build_object('sku', h.sku, 'isVariant', h.variant_id is not null),
           'movement', json_build_object('id', m.id::text, 'change', m.change, 'unitsAfter', m.units_after,
             'at', m.at, 'requestId', m.request_id, 'undoneBy', (select u.id::text from movement u
               where u.level_id = m.level_id and u.undoes = m.id))) order by l.line) as lines
       from receipt_line l
         join stock_level h on h.id = l.level_id
         join movement m on m.level_id = l.level_id and m.id = l.movement_id
         join stock_level i on i.id = l.item_id
         join product p on p.id = i.product_id left join variant v on v.id = i.variant_id
       where l.receipt_id = r.id) lines
     where r.id = (select id from receipt where reference = $1 union all
       select id from receipt where id = $2 limit 1)`,
    [key, idOrNull(key)],
  );
  return rows[0] ?? null;
}

/** Which receipts a page holds, newest first. `before` is the id that the page starts after. */
export type ReceiptSelection = {
  readonly expectedDelivery: string | undefined;
  readonly before: string | undefined;
  readonly limit: number;
};

/** Reads up to `limit` receipts, newest first. */
export async function listReceipts(
  pool: Pool,
  { expectedDelivery, before, limit }: ReceiptSelection,
): Promise<ReceiptEntry[]> {
  const { rows } = await pool.query<ReceiptEntry>(
    `select ${columns}, lines.units, lines."lineCount"
     from ${fromReceipts}, lateral (
       select sum(l.units)::float8 as units, count(*)::integer as "lineCount"
       from receipt_line l where l.receipt_id = r.id) lines
     where ($1::text is null or d.reference = $1) and ($2::uuid is null or r.id < $2)
     order by r.id desc limit $3`,
    [expectedDelivery ?? null, before ?? null, limit],
  );
  return rows;
}
