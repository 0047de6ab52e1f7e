// Finds the products of an import: those that have one of its SKUs, as their own or as a variant's.

import type { Pool } from "pg";
import type { StoredProduct } from "../../domain/catalogue/product.ts";
import { livingProducts, productColumns } from "../catalogue/read-products.ts";

/** Reads the products that have any of the SKUs. Deleted ones are left out. */
export async function findProducts(pool: Pool, skus: readonly string[]): Promise<StoredProduct[]> {
  const { rows } = await pool.query<StoredProduct>(
    `select ${productColumns} ${livingProducts} and p.id in (
       select l.product_id from stock_level l where l.sku = any ($1::text[]) and not l.retired)`,
    [skus],
  );
  return rows;
}
