// The refusal of a SKU that no product has. Clients often send a variant's SKU, so the refusal names its product.

import type { Sql } from "../sql/sql.ts";
import { Refused } from "../refused.ts";

/** Returns the refusal, after reading whether the SKU is a variant's. */
export async function productNotFound(sql: Sql, sku: string): Promise<Refused> {
  const [variant] = await sql<{ product: string }>(
    `select p.sku as product from stock_level l join product p on p.id = l.product_id
     where l.sku = $1 and not l.retired and l.variant_id is not null`,
    [sku],
  );
  return new Refused(
    variant === undefined
      ? { kind: "unknown", what: "product", key: sku }
      : { kind: "variant-not-product", sku, product: variant.product },
  );
}
