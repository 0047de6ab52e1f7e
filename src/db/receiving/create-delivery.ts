// Announces a delivery that a supplier will send.

import { randomUUIDv7 } from "node:crypto";
import type { Pool } from "pg";
import * as z from "zod";
import {
  type ArrivedLine,
  hasSameUnits,
  planReceipt,
  unitsBySku,
} from "../../domain/receiving/receipt.ts";
import { type IdempotencyClaim, onceOnly } from "../idempotency.ts";
import { Refused } from "../refused.ts";
import { arrayLiteral, textArrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction } from "../sql/transaction.ts";
import { findArrivedItems } from "./lock-receivable.ts";

/** A delivery as it was announced. `expectedAt` is an RFC 3339 time in UTC. */
export type NewDelivery = {
  readonly reference: string;
  readonly supplier: string | null;
  readonly note: string | null;
  readonly expectedAt: string;
  readonly lines: readonly ArrivedLine[];
  readonly actor: string;
};

const createdSchema = z.object({ id: z.string(), isNew: z.boolean() });

/** The stored delivery. It is not new if it was announced before. */
export type CreatedDelivery = z.output<typeof createdSchema>;

/**
 * Stores a delivery. One whose reference is stored changes nothing, and resolves with the stored one if it has the same
 * units of each SKU and the same date. With a claim, resolves with "key-reused" if its key came with another request.
 * Throws `Refused` if the delivery is refused.
 */
export function createDelivery(
  pool: Pool,
  delivery: NewDelivery,
  claim: IdempotencyClaim | undefined,
): Promise<CreatedDelivery | "key-reused"> {
  return inTransaction(pool, ({ sql }) =>
    onceOnly(sql, claim, createdSchema, () => create(sql, delivery)),
  );
}

async function create(sql: Sql, delivery: NewDelivery): Promise<CreatedDelivery> {
  const { reference, supplier, note, expectedAt, lines, actor } = delivery;
  const [row] = await sql<{ id: string }>(
    `insert into expected_delivery (id, reference, supplier, note, expected_at, created_by)
     values ($1, $2, $3, $4, $5, $6) on conflict (reference) do nothing returning id`,
    [randomUUIDv7(), reference, supplier, note, expectedAt, actor],
  );
  if (row === undefined) return { id: await requireSame(sql, delivery), isNew: false };
  const units = unitsBySku(lines);
  const plan = planReceipt(lines, await findArrivedItems(sql, textArrayLiteral(units.keys())));
  if (plan.kind === "not-receivable") throw new Refused(plan);
  await sql(
    `insert into expected_delivery_line (delivery_id, line, sku, units)
     select $1, row_number() over (order by place), sku, units
     from unnest($2::text[], $3::bigint[]) with ordinality as l (sku, units, place)`,
    [row.id, textArrayLiteral(units.keys()), arrayLiteral(units.values())],
  );
  return { id: row.id, isNew: true };
}

/** The id of the stored delivery with this reference. Throws `Refused` if that is another delivery. */
async function requireSame(sql: Sql, delivery: NewDelivery): Promise<string> {
  const { reference, lines, expectedAt } = delivery;
  const [stored] = await sql<{ id: string; isSameDate: boolean; lines: ArrivedLine[] }>(
    `select d.id, d.expected_at = $2 as "isSameDate",
       (select json_agg(json_build_object('sku', l.sku, 'units', l.units))
         from expected_delivery_line l where l.delivery_id = d.id and l.units > 0) as lines
     from expected_delivery d where d.reference = $1`,
    [reference, expectedAt],
  );
  if (stored === undefined) throw new Error(`Expected a delivery ${reference}; found none.`);
  if (stored.isSameDate && hasSameUnits(stored.lines, lines)) return stored.id;
  throw new Refused({ kind: "reference-taken", what: "expected delivery", reference });
}
