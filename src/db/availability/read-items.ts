// Reads items for storefronts and carts, with one statement for any number of items. A shop does this for every page
// that it shows.

import type { Pool } from "pg";
import type { StockHolder } from "../../domain/stock/stock-holder.ts";
import { incomingOf, type StoredIncoming } from "../receiving/incoming.ts";
import { textArrayLiteral } from "../sql/array-literal.ts";
import { holderColumns } from "../stock/locked-level.ts";

/** An item of the catalogue with the holder of its stock. */
export type Item = {
  readonly id: number;
  readonly sku: string;
  readonly enabled: boolean;
  readonly hideIfOutOfStock: boolean;
  /** Whether it is a product of which only the variants can be ordered. */
  readonly variantRequired: boolean;
  /** The variants of such a product; empty for all others. */
  readonly variants: readonly Item[];
  readonly holder: StockHolder;
  /** What is on its way for the holder. */
  readonly incoming: StoredIncoming | null;
};

type Row = Omit<Item, "variants" | "holder"> & {
  /** If this is a variant that is read with its product, the product's id; else null. */
  readonly variantOf: number | null;
  readonly holderId: number;
} & Omit<StockHolder, "id">;

/** Reads items by their SKUs. An SKU without an item is missing from the map. */
export async function readItems(
  pool: Pool,
  skus: readonly string[],
): Promise<ReadonlyMap<string, Item>> {
  const { rows } = await pool.query<Row>({
    name: "read-items",
    text: `with asked as (
        select * from stock_level where sku = any ($1::text[]) and not retired
      ), wanted as (
        select null::integer as variant_of, asked.* from asked
        union all
        select asked.id, variant.* from asked join stock_level variant on variant.product_id = asked.product_id
        where asked.variant_required and variant.variant_id is not null and not variant.retired
      )
      select ${itemWithHolder("item")} from wanted item
        join product on product.id = item.product_id
      where item.defers_to is null
      union all
      select ${itemWithHolder("holder")} from wanted item
        join product on product.id = item.product_id
        join stock_level holder on holder.id = item.defers_to`,
    values: [textArrayLiteral(skus)],
  });
  const variants = Map.groupBy(rows, ({ variantOf }) => variantOf);
  const asked = variants.get(null) ?? [];
  return new Map(asked.map((row) => [row.sku, toItem(row, toVariants(variants.get(row.id)))]));
}

/** The columns of an item and of its stock holder, which is usually the same row. */
const itemWithHolder = (holder: "item" | "holder") => /* sql */ `
  item.variant_of as "variantOf", item.id, item.sku, item.enabled, item.variant_required as "variantRequired",
  product.hide_if_out_of_stock as "hideIfOutOfStock", ${holder}.id as "holderId",
  ${holderColumns(holder)}, ${incomingOf(holder)} as incoming`;

const toVariants = (rows: readonly Row[] = []): Item[] =>
  rows.map((row) => toItem(row, [])).toSorted((a, b) => a.id - b.id);

function toItem(row: Row, variants: readonly Item[]): Item {
  const { id, sku, enabled, hideIfOutOfStock, variantRequired, holderId, incoming, ...rest } = row;
  return {
    id,
    sku,
    enabled,
    hideIfOutOfStock,
    variantRequired,
    variants,
    holder: { ...rest, id: holderId },
    incoming,
  };
}
