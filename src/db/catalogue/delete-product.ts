// Deletes a product and its variants. Their rows stay, marked: the ledger and old orders refer to them. Their
// SKUs become free, and their open alerts end.

import { LockMode, type MikroORM } from "@mikro-orm/postgresql";
import { Product } from "../entities/product.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import { sqlWithin } from "../sql/sql.ts";
import { Refused } from "../refused.ts";
import { lockProductLevels, readProductLevels, settleProductLevels } from "./product-levels.ts";
import { productNotFound } from "./product-not-found.ts";

/**
 * Deletes a product. Throws `Refused` where there is none, or where its version is not one
 * that was expected.
 */
export function deleteProduct(
  orm: MikroORM,
  request: {
    readonly sku: string;
    readonly holds: (version: number | null) => boolean;
    readonly actor: string;
  },
): Promise<void> {
  const { sku, holds, actor } = request;
  const attempt = () =>
    orm.em.fork().transactional(async (em) => {
      const sql = sqlWithin(em);
      const product = await em.findOne(
        Product,
        { sku, deletedAt: null },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (product === null) throw await productNotFound(sql, sku);
      if (!holds(product.version)) {
        const of = { what: "product", key: sku, change: "delete" } as const;
        throw new Refused({ kind: "stale-version", of });
      }
      const before = await lockProductLevels(sql, [product.id]);
      product.deletedAt = new Date();
      await em.flush();
      const after = await readProductLevels(sql, [product.id]);
      // Nothing opens here: a retired level has no alert.
      await settleProductLevels(sql, before, after, actor);
    });
  return retryTransaction(attempt);
}
