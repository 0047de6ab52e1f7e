// The first half of a batch's transaction: locks the pending orders, then the stock levels that they draw on. Both are
// locked in ascending id, so that two batches can't deadlock.

import { arrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";
import type { Transaction } from "../sql/transaction.ts";
import { lockLevels, type LockedLevels } from "./lock-levels.ts";
import { pendingSince } from "./pending-since.ts";

/** A pending order, locked. `lines` are pairs of item id and quantity, as intake stored them. */
export type LockedOrder = {
  readonly id: string;
  readonly reference: string;
  readonly lines: readonly (readonly [itemId: number, quantity: number])[];
  /** Whether an open request waits for the outcome. */
  readonly awaited: boolean;
  /** Whether it was confirmed before, expired, and is taken once more. */
  readonly retaken: boolean;
  /** How long it had waited since it was accepted or paid when it was locked, in seconds. */
  readonly waited: number;
};

/** A locked batch: those of its orders that are still pending, and the levels that they draw on. */
export type LockedBatch = LockedLevels & { readonly orders: readonly LockedOrder[] };

/** One order can't be decided because of its own data. The other orders of its batch can be. */
export class UndecidableOrderError extends Error {
  override readonly name = "UndecidableOrderError";
}

/** Locks a batch: first the orders, then their levels. Throws as `lockLevels` does, or an `UndecidableOrderError`. */
export async function lockBatch(
  prepared: Transaction["prepared"],
  ids: readonly string[],
): Promise<LockedBatch> {
  const orders = await lockPendingOrders(prepared, ids);
  const items = new Set(orders.flatMap(({ lines }) => lines.map(([item]) => item)));
  return { orders, ...(await lockLevels(prepared, items)) };
}

/**
 * Locks those of the given orders that are still pending and leaves out the others. If another transaction has locked
 * an order, this waits for it and then reads the order again.
 */
async function lockPendingOrders(
  prepared: Transaction["prepared"],
  ids: readonly string[],
): Promise<LockedOrder[]> {
  const rows = await prepared<{
    id: string;
    reference: string;
    requested: unknown;
    awaited: boolean;
    retaken: boolean;
    waited: number;
  }>({
    name: "lock-pending-orders",
    text: `select id, reference, requested, awaited, retaken,
        date_part('epoch', clock_timestamp() - ${pendingSince()}) as waited
      from "order"
      where id = any ($1::uuid[]) and status = 'pending' order by id for update`,
    values: [arrayLiteral(ids)],
  });
  return rows.map(({ requested, ...order }) => {
    const lines = readLines(requested);
    if (lines === null) {
      throw new UndecidableOrderError(
        `Expected the lines of order ${order.reference} to be pairs of an item's id and a quantity; they are stored in another form. Correct its column "requested".`,
      );
    }
    return { ...order, lines };
  });
}

/**
 * Reads the lines as intake stored them; null if they have another form. It uses no schema, for speed: it runs for each
 * line.
 */
function readLines(requested: unknown): LockedOrder["lines"] | null {
  if (!Array.isArray(requested)) return null;
  const pairs: readonly unknown[] = requested;
  const lines: [number, number][] = [];
  for (const pair of pairs) {
    const parts: readonly unknown[] = Array.isArray(pair) ? pair : [];
    const [item, quantity] = parts;
    if (parts.length !== 2 || !isWhole(item) || !isWhole(quantity) || quantity <= 0) return null;
    lines.push([item, quantity]);
  }
  return lines;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** Finds the orders that exist, among those that were no longer pending when they were to be locked. */
export async function findKnown(sql: Sql, ids: readonly string[]): Promise<string[]> {
  const rows = await sql<{ id: string }>('select id from "order" where id = any ($1::uuid[])', [
    arrayLiteral(ids),
  ]);
  return rows.map(({ id }) => id);
}
