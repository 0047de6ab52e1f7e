// The items of bulk requests.

import type { Adjustment, StockLevel } from "./types.ts";

/** A change of one of many counts. */
export type BulkAdjustment = Adjustment & { readonly sku: string };

/** One of many counts after its change. */
export type BulkAdjusted = {
  readonly sku: string;
  readonly holder: StockLevel["holder"];
  readonly unitsBefore: number;
  /** Right after the change. */
  readonly unitsAfter: number;
  /** Once waiting pre-orders had taken their units. */
  readonly unitsInStock: number;
  readonly available: number | null;
  /** Its entry in the ledger; null if the count was that already. */
  readonly movementId: string | null;
};

/** The settings and count of a variant. */
export type VariantEdit = {
  readonly sku: string;
  readonly name?: string | undefined;
  readonly options?: Readonly<Record<string, string>> | undefined;
  readonly enabled?: boolean | undefined;
  /** null: it uses its product's stock. */
  readonly unitsInStock?: number | null | undefined;
  readonly expectedUnits?: number | undefined;
  readonly stockAlertThreshold?: number | null | undefined;
  readonly outOfStockThreshold?: number | null | undefined;
  readonly leadDays?: number | null | undefined;
  readonly packSize?: number | null | undefined;
};

/** A product to create or replace. A setting that is left out gets its default; counts and variants stay. */
export type BulkProduct = {
  readonly sku: string;
  readonly name: string;
  readonly type?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly trackInventory?: boolean | undefined;
  /** The new count. */
  readonly unitsInStock?: number | undefined;
  /** The count that you have read. If it has changed since then, the product is refused. */
  readonly expectedUnits?: number | undefined;
  /** The version that you have read; null: the product must be new. */
  readonly expectedVersion?: number | null | undefined;
  readonly stockAlertThreshold?: number | null | undefined;
  readonly outOfStockThreshold?: number | null | undefined;
  readonly leadDays?: number | null | undefined;
  readonly packSize?: number | null | undefined;
  readonly hideIfOutOfStock?: boolean | undefined;
  readonly allowPreOrder?: boolean | undefined;
  readonly allowNegativeStock?: boolean | undefined;
  /** The old form of `outOfStockThreshold`: true is 0, false is null. */
  readonly sellBelowThreshold?: boolean | undefined;
  /** All its variants; those that are missing are deleted. */
  readonly variants?: readonly VariantEdit[] | undefined;
};
