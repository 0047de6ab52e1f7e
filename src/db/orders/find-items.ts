// Looks up items by SKU, and says why an item can't be ordered.

import type { Pool } from "pg";

/** An item as orders see it: a product or a variant. */
export type Item = {
  readonly sku: string;
  readonly id: number;
  readonly enabled: boolean;
  /** Whether it is a product of which only the variants can be ordered. */
  readonly variantRequired: boolean;
};

/** Why a line can't be ordered. `line` is its index in the order, from 0. */
export type LineRefusal = {
  readonly line: number;
  readonly sku: string;
  readonly reason: "unknown-sku" | "disabled" | "variant-required";
};

/** Finds items by their SKUs. An SKU without an item is missing from the map. */
export async function findItems(
  pool: Pool,
  skus: readonly string[],
): Promise<ReadonlyMap<string, Item>> {
  const { rows } = await pool.query<Item>({
    name: "find-items",
    text: `select sku, id, enabled, variant_required as "variantRequired"
      from stock_level where sku = any ($1::text[]) and not retired`,
    values: [skus],
  });
  return new Map(rows.map((row) => [row.sku, row]));
}

/** Why an item can't be ordered, or null if it can. */
export function refusalOf(item: Item | undefined): LineRefusal["reason"] | null {
  if (item === undefined) return "unknown-sku";
  if (!item.enabled) return "disabled";
  return item.variantRequired ? "variant-required" : null;
}
