// Writes the events that tell of created, updated and deleted products, in the transaction that changes them.

import type { ProductChange } from "../../domain/catalogue/product-change.ts";
import { currentRequestId } from "../request-scope.ts";
import type { Sql } from "../sql/sql.ts";

/** The events of products. */
export const productEventTypes = ["product.created", "product.updated", "product.deleted"] as const;

/** What became of a product, with the SKUs of the variants that were deleted with it. */
export type ProductNews = { readonly sku: string } & (
  | ProductChange
  | { readonly change: "deleted"; readonly name: string; readonly variants: readonly string[] }
);

/**
 * Writes one event for each product, in this order and in one statement; none and no statement if nothing changed.
 * `actor` is who changed them.
 */
export async function writeProductEvents(
  sql: Sql,
  changes: readonly ProductNews[],
  actor: string,
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ change, ...told }) => ({
    type: `product.${change}`,
    data:
      change === "deleted"
        ? { ...told, fields: [], variants: told.variants.map(deletedVariant) }
        : told,
  }));
  await sql(
    `insert into event (type, actor, data, request_id)
     select row ->> 'type', $1::text, row -> 'data', $3::text
     from json_array_elements($2::json) with ordinality as told (row, place) order by place`,
    [actor, JSON.stringify(rows), currentRequestId()],
  );
}

const deletedVariant = (variant: ProductChange["variants"][number] | string): object =>
  typeof variant === "string" ? { sku: variant, change: "deleted", fields: [] } : variant;
