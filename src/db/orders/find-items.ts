// Looks up what can be ordered under which SKU, and says of a line why it can't be.

import type { Pool } from "pg";

/** An item as orders see it: a product or a variant. */
export type Item = {
  readonly sku: string;
  readonly id: number;
  readonly enabled: boolean;
  /** Whether it is a product that is ordered by its variants only. */
  readonly variantRequired: boolean;
};

/** Why a line can't be ordered; `line` is its place in the order. */
export type LineRefusal = {
  readonly line: number;
  readonly sku: string;
  readonly reason: "unknown-sku" | "disabled" | "variant-required";
};

/** Finds items by their SKUs. */
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

/** Why an item can't be ordered, or null where it can. */
export function refusalOf(item: Item | undefined): LineRefusal["reason"] | null {
  if (item === undefined) return "unknown-sku";
  if (!item.enabled) return "disabled";
  return item.variantRequired ? "variant-required" : null;
}
