// The stock levels of products that are being edited. They are locked before the edit, in the order in which batches of
// orders lock them, and compared afterwards, because a new threshold can open or end an alert.

import { settleAlerts } from "../alerts/settle-alerts.ts";
import type { AlertToCheck } from "../alerts/record-transition.ts";
import { levelColumns, type LockedLevel } from "../stock/locked-level.ts";
import type { Sql } from "../sql/sql.ts";

/** A level of an edited product. */
export type ProductLevel = LockedLevel & {
  readonly productId: number;
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

/** Reads all levels of the products, as triggers of the database have changed them since the edit began. */
export async function readProductLevels(
  sql: Sql,
  productIds: readonly number[],
): Promise<ProductLevel[]> {
  const rows = await sql<Omit<ProductLevel, "units"> & { units: string }>(
    `select ${levelColumns}, l.product_id as "productId", l.variant_id as "variantId", l.retired
     from stock_level l where l.product_id = any ($1::integer[]) order by l.id`,
    [productIds],
  );
  return rows.map((level) => ({ ...level, units: Number(level.units) }));
}

/** What edits did to alerts: those to check after the commit, and the ids of the levels that are low from their beginning. */
export type SettledLevels = {
  readonly alerts: readonly AlertToCheck[];
  readonly lowAlready: ReadonlySet<number>;
};

/** Opens and ends alerts after edits were written. A level that an edit created or brought into use opens a quiet one. */
export async function settleProductLevels(
  sql: Sql,
  before: readonly ProductLevel[],
  after: readonly ProductLevel[],
  actor: string,
): Promise<SettledLevels> {
  const earlier = new Map(before.map((level) => [level.id, level]));
  const changes = after.map((level) => ({ before: earlier.get(level.id) ?? null, after: level }));
  const lowAlready = new Set<number>();
  const alerts = await settleAlerts(sql, changes, { actor }, ({ id }) => lowAlready.add(id));
  return { alerts, lowAlready };
}
