// Puts units of an order back to stock. They go to the item's holder of today. If a variant was given units of its own
// since, that is the variant. If the item was deleted and made again, it is the new one.

import type { StockReason } from "../../domain/stock/stock-reason.ts";
import { currentRequestId } from "../request-scope.ts";
import type { Transaction } from "../sql/transaction.ts";
import { changeUnits } from "../stock/change-units.ts";
import type { LockedLevels } from "./lock-levels.ts";
import type { StoredUnits } from "./lock-order.ts";

/** Who puts units of which order back, and why. */
export type PuttingBack = {
  readonly id: string;
  readonly actor: string;
  readonly reason: StockReason;
  readonly note: string | null;
};

/** Units of a line that come back. */
export type LineBack = { readonly line: StoredUnits; readonly units: number };

/**
 * Gives the holders of the lines their units back, and writes the event. The lines' own counts are the caller's. The
 * holders are locked, and no item is deleted.
 */
export async function putBack(
  transaction: Pick<Transaction, "sql">,
  { id, actor, reason, note }: PuttingBack,
  back: readonly LineBack[],
  { levels, holderOf }: LockedLevels,
): Promise<void> {
  const unitsOf = new Map<number, number>();
  for (const { line, units } of back) {
    const holderId = holderOf.get(line.itemId);
    if (holderId !== undefined) unitsOf.set(holderId, (unitsOf.get(holderId) ?? 0) + units);
  }
  const changes = [...unitsOf].flatMap(([levelId, change]) => {
    const level = levels.get(levelId);
    return level === undefined ? [] : [{ level, change }];
  });
  await changeUnits(transaction, changes, { kind: "restock", orderId: id, actor, reason, note });
  await transaction.sql(
    "insert into event (type, order_id, actor, data, request_id) values ('order.restocked', $1, $2, $3, $4)",
    [id, actor, JSON.stringify({ note, reason, lines: bySku(back) }), currentRequestId()],
  );
}

/** Sums units by SKU, in the order of the lines. */
export function bySku(lines: readonly LineBack[]): { sku: string; quantity: number }[] {
  const sums = new Map<string, number>();
  for (const { line, units } of lines) sums.set(line.sku, (sums.get(line.sku) ?? 0) + units);
  return [...sums].map(([sku, quantity]) => ({ sku, quantity }));
}
