// Locks the stock levels on which items draw. Orders keep ids of items, and an item may have been deleted, made
// again or given another holder since, even while its lock was awaited: what was locked is looked at again.

import { arrayLiteral } from "../sql/array-literal.ts";
import type { Transaction } from "../sql/transaction.ts";
import { levelColumns, type LockedLevel } from "../stock/locked-level.ts";

/**
 * Locked levels. `holderOf` maps each item to the holder that it draws on now; `currentItemOf` each that was deleted
 * to the item that has its SKU now, if there is one. If there is none, the item draws on its own level, which is out
 * of use; `deleted` holds these items.
 */
export type LockedLevels = {
  readonly levels: ReadonlyMap<number, LockedLevel>;
  readonly holderOf: ReadonlyMap<number, number>;
  readonly currentItemOf: ReadonlyMap<number, number>;
  readonly deleted: ReadonlySet<number>;
};

/** An item drew on another holder by the time its lock was given. The same transaction, run again, locks that one. */
export class HolderChangedError extends Error {
  override readonly name = "HolderChangedError";
}

/** The holder of an item: its product's level or its own, or those of the item that has its SKU now. */
const holderId = /* sql */ `case when item.retired
  then coalesce((select coalesce(again.defers_to, again.id) from stock_level again
    where again.sku = item.sku and not again.retired), item.id)
  else coalesce(item.defers_to, item.id) end`;

/**
 * Locks the holders of the items, in ascending id. Throws a `HolderChangedError` if an edit that was awaited gave
 * an item another one.
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
  return { levels, holderOf, ...(await lookAgain(prepared, doubtful, holderOf)) };
}

/**
 * Looks again at the items whose own row was not locked or is out of use. A statement that waits for a lock goes
 * on with the other rows as they were before; this one sees them as they are, and the locks keep them so.
 */
async function lookAgain(
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
      throw new HolderChangedError(`Item ${item.itemId} was edited while its level was locked.`);
    }
    if (item.again !== null) currentItemOf.set(item.itemId, item.again);
    else if (item.retired) deleted.add(item.itemId);
  }
  return { currentItemOf, deleted };
}
