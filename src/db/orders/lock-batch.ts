// The first half of a batch's transaction: locks the pending orders, then the stock levels they draw on.
// Both are always locked in ascending id, so that two batches can wait for each other but never in a circle.

import { arrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";
import type { Transaction } from "../sql/transaction.ts";
import { lockLevels, type LockedLevels } from "./lock-levels.ts";

/** A pending order, locked. `lines` are pairs of item id and quantity, as intake stored them. */
export type LockedOrder = {
  readonly id: string;
  readonly reference: string;
  readonly lines: readonly (readonly [itemId: number, quantity: number])[];
  /** Whether somebody waits for the outcome on an open request. */
  readonly awaited: boolean;
};

/** A batch, locked: its orders that are pending still, and the levels that they draw on. */
export type LockedBatch = LockedLevels & { readonly orders: readonly LockedOrder[] };

/** An order that can't be decided, for a reason of its own. Its neighbours in a batch are not to blame. */
export class UndecidableOrderError extends Error {
  override readonly name = "UndecidableOrderError";
}

/** Locks a batch: the orders first, then their levels. */
export async function lockBatch(
  { prepared }: Pick<Transaction, "prepared">,
  ids: readonly string[],
): Promise<LockedBatch> {
  const orders = await lockPendingOrders(prepared, ids);
  const items = new Set(orders.flatMap(({ lines }) => lines.map(([item]) => item)));
  return { orders, ...(await lockLevels(prepared, items)) };
}

/**
 * Locks those of the given orders that are pending still; the others are left out. An order that another
 * transaction holds is waited for and then looked at afresh.
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
  }>({
    name: "lock-pending-orders",
    text: `select id, reference, requested, awaited from "order"
      where id = any ($1::uuid[]) and status = 'pending' order by id for update`,
    values: [arrayLiteral(ids)],
  });
  return rows.map(({ id, reference, requested, awaited }) => {
    const lines = readLines(requested);
    if (lines === null) {
      throw new UndecidableOrderError(
        `Order ${reference} is stored with lines that can't be read.`,
      );
    }
    return { id, reference, lines, awaited };
  });
}

/** Reads what intake stored; null where it can't be read. By hand, since it is done for each line that is sold. */
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

/** Which of the ids are those of orders, among those that were not pending any more when they were to be locked. */
export async function findKnown(sql: Sql, ids: readonly string[]): Promise<string[]> {
  const rows = await sql<{ id: string }>('select id from "order" where id = any ($1::uuid[])', [
    arrayLiteral(ids),
  ]);
  return rows.map(({ id }) => id);
}
