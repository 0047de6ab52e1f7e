// Finds the products that an import is about: those that one of its SKUs belongs to, as their own or as one of
// their variants'.

import type { Pool } from "pg";
import type { StoredProduct } from "../../domain/catalogue/product.ts";
import { livingProducts, productColumns } from "../catalogue/read-products.ts";

/** Reads the living products that own any of the SKUs. */
export async function findProducts(pool: Pool, skus: readonly string[]): Promise<StoredProduct[]> {
  const { rows } = await pool.query<StoredProduct>(
    `select ${productColumns} ${livingProducts} and p.id in (
       select l.product_id from stock_level l where l.sku = any ($1::text[]) and not l.retired)`,
    [skus],
  );
  return rows;
}
