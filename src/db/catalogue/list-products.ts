// Lists products page by page, with a search, a filter by the state of their stock, and an order.

import type { Pool } from "pg";
import { composed } from "../../domain/compared-text.ts";
import { likePattern } from "../sql/like-pattern.ts";
import { inUse } from "../stock/in-use.ts";
import { canBeSold, stockState } from "../stock/state-in-sql.ts";
import type { ProductSort, ProductStatus } from "../../domain/catalogue/product-lists.ts";
import { livingProducts, productColumns, type ProductWithIncoming } from "./read-products.ts";

/** An order of a list. */
export type ProductOrder = {
  readonly by: ProductSort;
  readonly direction: "asc" | "desc";
};

/** The products of a page. `after` has the sort key and id of the last product of the page before. */
export type ProductSelection = {
  readonly q: string | undefined;
  readonly status: ProductStatus | undefined;
  readonly order: ProductOrder;
  readonly after: readonly [key: string | number, id: number] | undefined;
  readonly limit: number;
};

/** A product of a list, with the value that the list is sorted by. */
export type ListedProduct = ProductWithIncoming & { readonly sortKey: string | number };

/** Whether the condition is true for an item of the product that can be ordered: itself or one of its variants. */
const someItem = (condition: string) => `exists (
  select from stock_level item join stock_level h on h.id = coalesce(item.defers_to, item.id)
  where item.product_id = p.id and not item.retired
    and (item.variant_id is not null) = base.variant_required and (${condition}))`;

const conditions: Readonly<Record<ProductStatus, string>> = {
  low: someItem(`h.tracked and ${stockState("h")} = 'low'`),
  out: someItem(`h.tracked and ${stockState("h")} in ('held-back', 'none-left')`),
  /** Storefronts don't show it, because none of its items can be bought. */
  hidden: `p.enabled and p.hide_if_out_of_stock and not ${someItem(`item.enabled and ${canBeSold("h")}`)}`,
  untracked: "not base.tracked",
  "pre-order": "base.tracked and p.allow_pre_order",
  disabled: "not p.enabled",
};

/** The sum of the units of a product and its variants. Products without a count come last. */
const unitsOf = (
  last: string,
) => `(select coalesce(sum(l.units), ${last})::float8 from stock_level l
  where l.product_id = p.id and l.tracked and ${inUse("l")})`;

function sortKey({ by, direction }: ProductOrder): { key: string; type: string } {
  if (by === "sku") return { key: "p.sku", type: "text" };
  if (by === "name") return { key: "lower(p.name)", type: "text" };
  if (by === "updatedAt") return { key: "p.updated_at", type: "timestamptz" };
  return { key: unitsOf(direction === "asc" ? "1e15" : "-1e15"), type: "float8" };
}

/** Reads up to `limit` products. */
export async function listProducts(
  pool: Pool,
  selection: ProductSelection,
): Promise<ListedProduct[]> {
  const { q, status, order, after } = selection;
  const values: unknown[] = [selection.limit];
  const place = (value: unknown) => `$${values.push(value)}`;
  const { key, type } = sortKey(order);
  const where: string[] = [];
  if (q !== undefined) {
    const text = composed(q);
    where.push(matches(place(likePattern(text)), formOf(text)));
  }
  if (status !== undefined) where.push(conditions[status]);
  if (after !== undefined) {
    const comparison = order.direction === "asc" ? ">" : "<";
    where.push(
      `(${key}, p.id) ${comparison} (${place(after[0])}::${type}, ${place(after[1])}::integer)`,
    );
  }
  const { rows } = await pool.query<ListedProduct>(
    `select ${productColumns}, to_json(${key}) as "sortKey" ${livingProducts}
       ${where.map((condition) => `and (${condition})`).join(" ")}
     order by ${key} ${order.direction}, p.id ${order.direction} limit $1`,
    values,
  );
  return rows;
}

/** The condition that a SKU or name has the pattern. `form` is the SQL of a column in the form that is searched. */
function matches(pattern: string, form: (column: string) => string): string {
  return `p.sku ilike ${pattern} or ${form("p.name")} ilike ${pattern} or t.has_variants and exists (
    select from variant v where v.product_id = p.id and v.deleted_at is null
      and (v.sku ilike ${pattern} or ${form("v.name")} ilike ${pattern}))`;
}

/**
 * Names are stored as they came, in either form of Unicode; SKUs are stored in NFC. A text of ASCII is in every form, so
 * its search costs nothing more.
 */
function formOf(text: string): (column: string) => string {
  return /^[ -~]*$/.test(text) ? (column) => column : (column) => `normalize(${column}, nfc)`;
}
