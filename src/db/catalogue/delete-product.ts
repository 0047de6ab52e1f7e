// Deletes a product and its variants. Their rows are only marked, because the ledger and old orders refer to them.
// Their SKUs become free, and their open alerts end.

import { LockMode, type MikroORM } from "@mikro-orm/postgresql";
import { recordAct } from "../activity/record-acts.ts";
import { Product } from "../entities/product.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import { sqlWithin } from "../sql/sql.ts";
import { Refused } from "../refused.ts";
import { lockProductLevels, readProductLevels, settleProductLevels } from "./product-levels.ts";
import { writeProductEvents } from "./product-events.ts";
import { productNotFound } from "./product-not-found.ts";

/** Deletes a product. Throws `Refused` if there is none, or if `matchesVersion` returns false for its version. */
export function deleteProduct(
  orm: MikroORM,
  request: {
    readonly sku: string;
    readonly matchesVersion: (version: number | null) => boolean;
    readonly actor: string;
  },
): Promise<void> {
  const { sku, matchesVersion, actor } = request;
  const attempt = () =>
    orm.em.fork().transactional(async (em) => {
      const sql = sqlWithin(em);
      const product = await em.findOne(
        Product,
        { sku, deletedAt: null },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (product === null) throw await productNotFound(sql, sku);
      if (!matchesVersion(product.version)) {
        const of = { what: "product", key: sku, change: "delete" } as const;
        throw new Refused({ kind: "stale-version", of });
      }
      const before = await lockProductLevels(sql, [product.id]);
      product.deletedAt = new Date();
      await em.flush();
      const variants = before.flatMap((level) =>
        level.variantId === null || level.retired ? [] : [level.sku],
      );
      await writeProductEvents(
        sql,
        [{ sku, change: "deleted", name: product.name, variants }],
        actor,
      );
      await recordAct(sql, {
        kind: "product.deleted",
        subject: { id: sku, name: product.name },
        before: { name: product.name, variants },
        after: null,
      });
      const after = await readProductLevels(sql, [product.id]);
      // The returned list is empty: a retired level opens no alert.
      await settleProductLevels(sql, before, after, actor);
    });
  return retryTransaction(attempt);
}
