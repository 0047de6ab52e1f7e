// Locks the stock levels that items draw on. An order keeps ids of items, and since then an item may have been deleted,
// made again or given another holder, even while this waited for its lock. So what was locked is read again.

import { arrayLiteral } from "../sql/array-literal.ts";
import { lostAgainstAnother } from "../sql/retry-transaction.ts";
import type { Transaction } from "../sql/transaction.ts";
import { levelColumns, type LockedLevel } from "../stock/locked-level.ts";

/**
 * Locked levels. `holderOf` maps each item to the holder that it draws on now. `currentItemOf` maps each deleted item
 * to the item that has its SKU now, if there is one. If there is none, the item is in `deleted` and draws on its own
 * level, which is out of use.
 */
export type LockedLevels = {
  readonly levels: ReadonlyMap<number, LockedLevel>;
  readonly holderOf: ReadonlyMap<number, number>;
  readonly currentItemOf: ReadonlyMap<number, number>;
  readonly deleted: ReadonlySet<number>;
};

/** An item was given another holder while this waited for the lock. The transaction must run again to lock that one. */
export class HolderChangedError extends Error {
  override readonly name = "HolderChangedError";
}

/** Whether a transaction that locks levels failed only because of another one, and may run again. */
export function lostItsLevels(error: unknown): boolean {
  return lostAgainstAnother(error) || error instanceof HolderChangedError;
}

/**
 * The holder of the `stock_level` row `item`: its own level or its product's. For a deleted item, that of the item that
 * has its SKU now; its own level, which is out of use, if there is none.
 */
export const holderId = /* sql */ `case when item.retired
  then coalesce((select coalesce(again.defers_to, again.id) from stock_level again
    where again.sku = item.sku and not again.retired), item.id)
  else coalesce(item.defers_to, item.id) end`;

/**
 * Locks the holders of the items, in ascending id. Throws a `HolderChangedError` if an edit gave an item another holder
 * while this waited.
 */
export async function lockLevels(
  prepared: Transaction["prepared"],
  itemIds: Iterable<number>,
): Promise<LockedLevels> {
  const rows = await prepared<LockedLevel & { itemId: number }>({
    name: "lock-levels",
    text: `select item.id as "itemId", ${levelColumns}
      from stock_level item join stock_level l on l.id = ${holderId}
      where item.id = any ($1::integer[])
      order by l.id for update of l`,
    values: [arrayLiteral(itemIds)],
  });
  const levels = new Map<number, LockedLevel>();
  const holderOf = new Map<number, number>();
  const doubtful: number[] = [];
  for (const { itemId, ...level } of rows) {
    levels.set(level.id, level);
    holderOf.set(itemId, level.id);
    if (level.id !== itemId || !level.inUse) doubtful.push(itemId);
  }
  return { levels, holderOf, ...(await readAgain(prepared, doubtful, holderOf)) };
}

/**
 * Reads again the items whose own row was not locked or is out of use. A statement that waited for a lock still sees
 * the other rows as they were before. This one sees them as they are now, and the locks keep them so.
 */
async function readAgain(
  prepared: Transaction["prepared"],
  itemIds: readonly number[],
  holderOf: ReadonlyMap<number, number>,
): Promise<Pick<LockedLevels, "currentItemOf" | "deleted">> {
  const currentItemOf = new Map<number, number>();
  const deleted = new Set<number>();
  if (itemIds.length === 0) return { currentItemOf, deleted };
  const rows = await prepared<{
    itemId: number;
    retired: boolean;
    holderId: number;
    again: number | null;
  }>({
    name: "look-at-items-again",
    text: `select item.id as "itemId", item.retired, ${holderId} as "holderId",
        case when item.retired then (
          select id from stock_level where sku = item.sku and not retired) end as again
      from stock_level item where item.id = any ($1::integer[])`,
    values: [arrayLiteral(itemIds)],
  });
  for (const item of rows) {
    if (item.holderId !== holderOf.get(item.itemId)) {
      throw new HolderChangedError(
        `Item ${item.itemId} was given another stock holder while the transaction waited for its lock. Run it again.`,
      );
    }
    if (item.again !== null) currentItemOf.set(item.itemId, item.again);
    else if (item.retired) deleted.add(item.itemId);
  }
  return { currentItemOf, deleted };
}
