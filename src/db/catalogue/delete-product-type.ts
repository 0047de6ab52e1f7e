// Deletes a product type that no product has any more.

import { LockMode, type MikroORM } from "@mikro-orm/postgresql";
import { defaultProductType } from "../../domain/catalogue/product-type.ts";
import { recordAct } from "../activity/record-acts.ts";
import { Product } from "../entities/product.ts";
import { ProductType } from "../entities/product-type.ts";
import { sqlWithin } from "../sql/sql.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import { Refused } from "../refused.ts";
import { lockProductLevels } from "./product-levels.ts";

/**
 * Deletes a product type. Throws `Refused` if there is none, if it is the default or in use, or if `matchesVersion`
 * returns false for its version.
 */
export function deleteProductType(
  orm: MikroORM,
  code: string,
  matchesVersion: (version: number | null) => boolean,
): Promise<void> {
  const attempt = () =>
    orm.em.fork().transactional(async (em) => {
      const type = await em.findOne(
        ProductType,
        { code },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (type === null) throw productTypeNotFound(code);
      if (!matchesVersion(type.version)) {
        const of = { what: "product type", key: code, change: "delete" } as const;
        throw new Refused({ kind: "stale-version", of });
      }
      if (code === defaultProductType) throw new Refused({ kind: "default-type", code });
      const count = await em.count(Product, { type: code, deletedAt: null });
      if (count > 0) throw new Refused({ kind: "type-in-use", code, products: count });
      // The rows of deleted products stay for their ledger, and each needs a type.
      const deleted = await em.find(Product, { type: code }, { fields: ["id"] });
      await lockProductLevels(
        sqlWithin(em),
        deleted.map(({ id }) => id),
      );
      await em.nativeUpdate(Product, { type: code }, { type: defaultProductType });
      const { name, hasInventory, hasVariants } = type;
      await recordAct(sqlWithin(em), {
        kind: "productType.deleted",
        subject: { id: code, name },
        before: { name, hasInventory, hasVariants },
        after: null,
      });
      em.remove(type);
    });
  return retryTransaction(attempt);
}

/** The refusal of a code that no product type has. */
export function productTypeNotFound(code: string): Refused {
  return new Refused({ kind: "unknown", what: "product type", key: code });
}
