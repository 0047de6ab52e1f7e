// The stock levels of products that are being edited: locked before the edit in the order that batches lock
// them, and compared afterwards, because an edit can move a limit across a count.

import { settleAlerts } from "../alerts/settle-alerts.ts";
import type { AlertToCheck } from "../alerts/record-transition.ts";
import { levelColumns, type LockedLevel } from "../stock/locked-level.ts";
import type { Sql } from "../sql/sql.ts";

/** A level of an edited product. */
export type ProductLevel = LockedLevel & {
  readonly variantId: number | null;
  readonly retired: boolean;
};

/** Locks all levels of the products, in ascending id, and reads them. */
export async function lockProductLevels(
  sql: Sql,
  productIds: readonly number[],
): Promise<ProductLevel[]> {
  await sql(
    "select id from stock_level where product_id = any ($1::integer[]) order by id for update",
    [productIds],
  );
  return readProductLevels(sql, productIds);
}

/** Reads all levels of the products, as the database keeps them in step with the edit so far. */
export async function readProductLevels(
  sql: Sql,
  productIds: readonly number[],
): Promise<ProductLevel[]> {
  const rows = await sql<Omit<ProductLevel, "units"> & { units: string }>(
    `select ${levelColumns}, l.variant_id as "variantId", l.retired
     from stock_level l where l.product_id = any ($1::integer[]) order by l.id`,
    [productIds],
  );
  return rows.map((level) => ({ ...level, units: Number(level.units) }));
}

/** Brings alerts in step with an edit, once it is written. Levels that the edit made open none. */
export async function settleProductLevels(
  sql: Sql,
  before: readonly ProductLevel[],
  after: readonly ProductLevel[],
  actor: string,
): Promise<AlertToCheck[]> {
  const earlier = new Map(before.map((level) => [level.id, level]));
  const changes = after.flatMap((level) => {
    const was = earlier.get(level.id);
    return was === undefined ? [] : [{ before: was, after: level }];
  });
  return settleAlerts(sql, changes, { actor });
}
