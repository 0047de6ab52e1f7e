// Locks the stock holders of the SKUs of a receipt, and reads the items as they are under the locks.

import type { ArrivedItem } from "../../domain/receiving/receipt.ts";
import { HolderChangedError, lockLevels } from "../orders/lock-levels.ts";
import { textArrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";
import type { Transaction } from "../sql/transaction.ts";
import type { LockedLevel } from "../stock/locked-level.ts";

/** Items by their SKUs, and the locked levels of their holders by id. An SKU without an item is missing. */
export type LockedItems = {
  readonly items: ReadonlyMap<string, ArrivedItem>;
  readonly levels: ReadonlyMap<number, LockedLevel>;
};

/**
 * Locks the holders in ascending id. Throws a `HolderChangedError` if an item was made, or was given another holder,
 * while this waited for the locks: the transaction must run again.
 */
export async function lockReceivable(
  { sql, prepared }: Transaction,
  skus: Iterable<string>,
): Promise<LockedItems> {
  const wanted = textArrayLiteral(skus);
  const found = await findArrivedItems(sql, wanted);
  const { levels, holderOf } = await lockLevels(
    prepared,
    [...found.values()].map(({ id }) => id),
  );
  // Edits of the catalogue lock every level of their product, so what is read now stays as it is.
  const items = await findArrivedItems(sql, wanted);
  for (const [sku, { id, holderId }] of items) {
    if (holderOf.get(id) === holderId) continue;
    throw new HolderChangedError(
      `${sku} was made, or was given another stock holder, while the transaction waited for its lock. Run it again.`,
    );
  }
  return { items, levels };
}

/** Finds the items of the SKUs, without a lock. `skus` is an array in PostgreSQL's text form. */
export async function findArrivedItems(
  sql: Sql,
  skus: string,
): Promise<ReadonlyMap<string, ArrivedItem>> {
  const rows = await sql<ArrivedItem & { sku: string }>(
    `select i.sku, i.id, coalesce(i.defers_to, i.id) as "holderId", i.tracked, i.hidden,
       i.variant_required and not exists (
         select from stock_level v
         where v.product_id = i.product_id and v.defers_to = i.id and not v.retired
       ) as "variantRequired"
     from stock_level i where i.sku = any ($1::text[]) and not i.retired`,
    [skus],
  );
  return new Map(rows.map(({ sku, ...item }) => [sku, item]));
}
