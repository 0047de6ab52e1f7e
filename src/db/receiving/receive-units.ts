// Receives units that arrived: writes the receipt, the levels with their movements and alerts, and what came of the
// expected delivery, in one transaction.

import { randomUUIDv7 } from "node:crypto";
import type { Pool } from "pg";
import * as z from "zod";
import {
  type ArrivedLine,
  hasSameUnits,
  planReceipt,
  type PlannedLine,
  unitsBySku,
} from "../../domain/receiving/receipt.ts";
import type { AlertToCheck } from "../alerts/record-transition.ts";
import { type IdempotencyClaim, onceOnly } from "../idempotency.ts";
import { HolderChangedError } from "../orders/lock-levels.ts";
import { Refused } from "../refused.ts";
import { arrayLiteral, textArrayLiteral } from "../sql/array-literal.ts";
import { lostAgainstAnother, retryTransaction } from "../sql/retry-transaction.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction, type Transaction } from "../sql/transaction.ts";
import { changeUnits } from "../stock/change-units.ts";
import { bookOnDelivery, lockDelivery, type LockedDelivery } from "./book-on-delivery.ts";
import { lockReceivable } from "./lock-receivable.ts";

/** A receipt as it was sent. `expectedDelivery` is the reference of the delivery that came with it. */
export type NewReceipt = {
  readonly reference: string;
  readonly supplier: string | null;
  readonly note: string | null;
  readonly expectedDelivery: string | null;
  readonly lines: readonly ArrivedLine[];
  readonly actor: string;
};

const receivedSchema = z.object({ id: z.string(), isNew: z.boolean() });

/** The stored receipt. It is not new if it was received before. */
export type Received = z.output<typeof receivedSchema>;

/** The outcome of a receipt, and the alerts that need a check after the commit. */
export type ReceiptResult = {
  readonly outcome: Received | "key-reused";
  readonly alerts: readonly AlertToCheck[];
};

/**
 * Receives units: all of the receipt, or nothing. A receipt whose reference is stored changes nothing, and resolves with
 * the stored one if it has the same units of each SKU and the same expected delivery. With a claim, resolves with
 * "key-reused" if its key came with another request. Throws `Refused` if the receipt is refused.
 */
export function receiveUnits(
  pool: Pool,
  receipt: NewReceipt,
  claim: IdempotencyClaim | undefined,
): Promise<ReceiptResult> {
  const attempt = () =>
    inTransaction(pool, async (transaction): Promise<ReceiptResult> => {
      let alerts: readonly AlertToCheck[] = [];
      const outcome = await onceOnly(transaction.sql, claim, receivedSchema, async () => {
        const received = await receive(transaction, receipt);
        alerts = received.alerts;
        return receivedSchema.parse(received);
      });
      return { outcome, alerts };
    });
  return retryTransaction(
    attempt,
    (error) => lostAgainstAnother(error) || error instanceof HolderChangedError,
  );
}

/**
 * Locks the delivery, then the reference, then the levels. Two receipts of one reference meet at the reference, before
 * either has locked a level.
 */
async function receive(
  transaction: Transaction,
  receipt: NewReceipt,
): Promise<Received & { readonly alerts: readonly AlertToCheck[] }> {
  const { sql } = transaction;
  const { expectedDelivery, lines } = receipt;
  const delivery = expectedDelivery === null ? null : await lockNamed(sql, expectedDelivery);
  const id = await insertReceipt(sql, receipt, delivery);
  if (id === null)
    return { id: await requireSame(sql, receipt, delivery), isNew: false, alerts: [] };
  if (delivery?.isClosed === true) {
    throw new Refused({ kind: "delivery-closed", reference: delivery.reference });
  }
  const { items, levels } = await lockReceivable(transaction, unitsBySku(lines).keys());
  const plan = planReceipt(lines, items);
  if (plan.kind === "not-receivable") throw new Refused(plan);
  const changes = plan.changes.flatMap(({ holderId, change }) => {
    const level = levels.get(holderId);
    return level === undefined ? [] : [{ level, change }];
  });
  const cause = {
    kind: "receipt",
    actor: receipt.actor,
    reason: "receipt",
    note: receipt.note,
  } as const;
  const { changed, alerts } = await changeUnits(transaction, changes, cause);
  const movementOf = new Map(changed.map(({ level, movement }) => [level.id, movement.id]));
  await insertLines(sql, id, plan.lines, movementOf);
  if (delivery !== null) {
    await bookOnDelivery(sql, delivery, { received: unitsBySku(lines), actor: receipt.actor });
  }
  return { id, isNew: true, alerts };
}

/** Locks the delivery that the receipt names. Throws `Refused` if there is none. */
async function lockNamed(sql: Sql, reference: string): Promise<LockedDelivery> {
  const delivery = await lockDelivery(sql, reference);
  if (delivery !== undefined) return delivery;
  const detail = `Expected the reference of an expected delivery; there is none with ${JSON.stringify(reference)}. Leave it out, or announce the delivery first.`;
  throw new Refused({ kind: "faults", faults: [{ pointer: "/expectedDelivery", detail }] });
}

/** Stores the receipt without its lines, or resolves with null if its reference is taken. */
async function insertReceipt(
  sql: Sql,
  { reference, supplier, note, actor }: NewReceipt,
  delivery: LockedDelivery | null,
): Promise<string | null> {
  const [row] = await sql<{ id: string }>(
    `insert into receipt (id, reference, supplier, note, expected_delivery_id, received_by)
     values ($1, $2, $3, $4, $5, $6) on conflict (reference) do nothing returning id`,
    [randomUUIDv7(), reference, supplier, note, delivery?.id ?? null, actor],
  );
  return row?.id ?? null;
}

/** The id of the stored receipt with this reference. Throws `Refused` if that is another receipt. */
async function requireSame(
  sql: Sql,
  { reference, lines }: NewReceipt,
  delivery: LockedDelivery | null,
): Promise<string> {
  const [stored] = await sql<{ id: string; deliveryId: string | null; lines: ArrivedLine[] }>(
    `select r.id, r.expected_delivery_id as "deliveryId",
       (select json_agg(json_build_object('sku', l.sku, 'units', l.units))
         from receipt_line l where l.receipt_id = r.id) as lines
     from receipt r where r.reference = $1`,
    [reference],
  );
  if (stored === undefined) throw new Error(`Expected a receipt ${reference}; found none.`);
  const isSame = stored.deliveryId === (delivery?.id ?? null) && hasSameUnits(stored.lines, lines);
  if (isSame) return stored.id;
  throw new Refused({ kind: "reference-taken", what: "receipt", reference });
}

async function insertLines(
  sql: Sql,
  receiptId: string,
  lines: readonly PlannedLine[],
  movementOf: ReadonlyMap<number, string>,
): Promise<void> {
  const movements = lines.map(({ holderId, sku }) => {
    const movement = movementOf.get(holderId);
    if (movement === undefined) throw new Error(`Expected a movement of ${sku}; got none.`);
    return movement;
  });
  await sql(
    `insert into receipt_line (receipt_id, line, sku, item_id, level_id, movement_id, units)
     select $1, row_number() over (order by place), sku, item_id, level_id, movement_id, units
     from unnest($2::text[], $3::integer[], $4::integer[], $5::bigint[], $6::bigint[]) with ordinality
       as l (sku, item_id, level_id, movement_id, units, place)`,
    [
      receiptId,
      textArrayLiteral(lines.map(({ sku }) => sku)),
      arrayLiteral(lines.map(({ itemId }) => itemId)),
      arrayLiteral(lines.map(({ holderId }) => holderId)),
      arrayLiteral(movements),
      arrayLiteral(lines.map(({ units }) => units)),
    ],
  );
}
