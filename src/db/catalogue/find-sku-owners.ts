// Finds out whom the SKUs of an edited product belong to already. A SKU names one item of the whole
// catalogue, product or variant; deleted ones have given theirs up.

import type { Sql } from "../sql.ts";
import { CatalogueRefusedError } from "./catalogue-refused.ts";

/** A SKU that an edit wants, and the JSON pointer to it; null where it is the address's. */
export type WantedSku = { readonly sku: string; readonly pointer: string | null };

/** Throws a `CatalogueRefusedError` that names the owners where a SKU belongs to another product. */
export async function refuseTakenSkus(
  sql: Sql,
  wanted: readonly WantedSku[],
  productId: number | null,
): Promise<void> {
  const rows = await sql<{ sku: string; product: string; name: string; isVariant: boolean }>(
    `select l.sku, p.sku as product, p.name, l.variant_id is not null as "isVariant"
     from stock_level l join product p on p.id = l.product_id
     where l.sku = any ($1::text[]) and not l.retired and l.product_id <> $2`,
    [wanted.map(({ sku }) => sku), productId ?? 0],
  );
  if (rows.length === 0) return;
  const owners = new Map(rows.map((row) => [row.sku, row]));
  const taken = wanted.flatMap(({ sku, pointer }) => {
    const owner = owners.get(sku);
    if (owner === undefined) return [];
    const item = owner.isVariant ? "a variant of " : "";
    const detail = `The SKU ${JSON.stringify(sku)} belongs to ${item}the product ${JSON.stringify(owner.product)} (${owner.name}).`;
    return [{ pointer, detail }];
  });
  throw new CatalogueRefusedError({
    kind: "conflict",
    detail: `${taken[0]?.detail} Use another SKU, or free this one first.`,
    errors: taken.flatMap(({ pointer, detail }) => (pointer === null ? [] : [{ pointer, detail }])),
    extra: { skus: rows.map(({ sku, product }) => ({ sku, product })) },
  });
}
