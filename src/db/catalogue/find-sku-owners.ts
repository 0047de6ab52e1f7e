// Finds the owners of the SKUs that edits want. A SKU names one product or variant of the whole catalogue; those of
// deleted ones are free.

import type { Refusal, TakenSku } from "../../domain/refusal.ts";
import { textArrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";

/** The SKUs that an edit wants: the product's, and those of its variants in the order of its list. */
export type WantedSkus = { readonly product: string; readonly variants: readonly string[] };

/** Who has a SKU now. */
export type SkuOwner = Omit<TakenSku, "pointer"> & { readonly productId: number };

/** Somebody else created the product meanwhile. Another attempt finds and changes it. */
export class CreatedMeanwhileError extends Error {
  override readonly name = "CreatedMeanwhileError";
}

/** Finds the owners of the SKUs, by SKU. A free SKU is missing. */
export async function findSkuOwners(
  sql: Sql,
  skus: Iterable<string>,
): Promise<ReadonlyMap<string, SkuOwner>> {
  const rows = await sql<SkuOwner>(
    `select l.sku, l.product_id as "productId", p.sku as product, p.name as "productName",
       l.variant_id is not null as "isVariant"
     from stock_level l join product p on p.id = l.product_id
     where l.sku = any ($1::text[]) and not l.retired`,
    [textArrayLiteral(skus)],
  );
  return new Map(rows.map((row) => [row.sku, row]));
}

/**
 * The refusal that names the owners if a SKU belongs to another product; null if none does. Throws a
 * `CreatedMeanwhileError` if `productId` is null, for a new product, and a product with its SKU exists now.
 */
export function refusalOfTaken(
  owners: ReadonlyMap<string, SkuOwner>,
  wanted: WantedSkus,
  productId: number | null,
): Extract<Refusal, { readonly kind: "skus-taken" }> | null {
  const own = owners.get(wanted.product);
  if (productId === null && own?.isVariant === false) {
    throw new CreatedMeanwhileError(`The product ${wanted.product} was created meanwhile.`);
  }
  const taken = (sku: string, pointer: string | null): TakenSku[] => {
    const owner = owners.get(sku);
    if (owner === undefined || owner.productId === productId) return [];
    const { product, productName, isVariant } = owner;
    return [{ sku, product, productName, isVariant, pointer }];
  };
  const ofVariants = wanted.variants.flatMap((sku, at) => taken(sku, `/variants/${at}/sku`));
  const skus = [...taken(wanted.product, null), ...ofVariants];
  return skus.length === 0 ? null : { kind: "skus-taken", skus };
}
