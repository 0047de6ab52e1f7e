// Finds the owners of the SKUs that an edit wants. A SKU names one product or variant of the whole catalogue; those of
// deleted ones are free.

import type { TakenSku } from "../../domain/refusal.ts";
import type { Sql } from "../sql/sql.ts";
import { Refused } from "../refused.ts";

/** The SKUs that an edit wants: the product's, and those of its variants in the order of its list. */
export type WantedSkus = { readonly product: string; readonly variants: readonly string[] };

/** Somebody else created the product meanwhile. Another attempt finds and changes it. */
export class CreatedMeanwhileError extends Error {
  override readonly name = "CreatedMeanwhileError";
}

/**
 * Throws a `Refused` that names the owners if a SKU belongs to another product. Throws a `CreatedMeanwhileError` if
 * `productId` is null, for a new product, and a product with its SKU exists now.
 */
export async function refuseTakenSkus(
  sql: Sql,
  wanted: WantedSkus,
  productId: number | null,
): Promise<void> {
  const rows = await sql<Omit<TakenSku, "pointer">>(
    `select l.sku, p.sku as product, p.name as "productName", l.variant_id is not null as "isVariant"
     from stock_level l join product p on p.id = l.product_id
     where l.sku = any ($1::text[]) and not l.retired and l.product_id <> $2`,
    [[wanted.product, ...wanted.variants], productId ?? 0],
  );
  if (rows.length === 0) return;
  const owners = new Map(rows.map((row) => [row.sku, row]));
  const own = owners.get(wanted.product);
  if (productId === null && own?.isVariant === false) {
    throw new CreatedMeanwhileError(`The product ${wanted.product} was created meanwhile.`);
  }
  const taken = (sku: string, pointer: string | null): TakenSku[] => {
    const owner = owners.get(sku);
    return owner === undefined ? [] : [{ ...owner, pointer }];
  };
  const ofVariants = wanted.variants.flatMap((sku, at) => taken(sku, `/variants/${at}/sku`));
  throw new Refused({ kind: "skus-taken", skus: [...taken(wanted.product, null), ...ofVariants] });
}
