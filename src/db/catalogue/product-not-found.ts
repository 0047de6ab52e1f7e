// The refusal of a SKU that no product has. A variant's SKU is a common slip, so it says whose variant it is.

import type { Sql } from "../sql.ts";
import { CatalogueRefusedError } from "./catalogue-refused.ts";

/** Makes the refusal. */
export async function productNotFound(sql: Sql, sku: string): Promise<CatalogueRefusedError> {
  const [variant] = await sql<{ product: string }>(
    `select p.sku as product from stock_level l join product p on p.id = l.product_id
     where l.sku = $1 and not l.retired and l.variant_id is not null`,
    [sku],
  );
  const detail =
    variant === undefined
      ? `There is no product with the SKU ${JSON.stringify(sku)}. Look it up with GET /products?q=.`
      : `There is no product with the SKU ${JSON.stringify(sku)}: it is a variant of ${JSON.stringify(variant.product)}. Ask for that product.`;
  return new CatalogueRefusedError({ kind: "not-found", detail });
}
