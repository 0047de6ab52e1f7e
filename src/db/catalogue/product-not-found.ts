// The refusal of a SKU that no product has. Clients often send a variant's SKU, so the refusal names its product.

import type { Refusal } from "../../domain/refusal.ts";
import type { Sql } from "../sql/sql.ts";
import { Refused } from "../refused.ts";

/** Says that no product has the SKU, and names the product if a variant of it has it. */
export type MissingProduct =
  | { readonly kind: "unknown"; readonly what: "product"; readonly key: string }
  | Extract<Refusal, { readonly kind: "variant-not-product" }>;

/** Returns the refusal as an error. */
export async function productNotFound(sql: Sql, sku: string): Promise<Refused> {
  return new Refused(await missingProduct(sql, sku));
}

/** Returns the refusal, after reading whether the SKU is a variant's. */
export async function missingProduct(sql: Sql, sku: string): Promise<MissingProduct> {
  const [variant] = await sql<{ product: string }>(
    `select p.sku as product from stock_level l join product p on p.id = l.product_id
     where l.sku = $1 and not l.retired and l.variant_id is not null`,
    [sku],
  );
  return variant === undefined
    ? { kind: "unknown", what: "product", key: sku }
    : { kind: "variant-not-product", sku, product: variant.product };
}
