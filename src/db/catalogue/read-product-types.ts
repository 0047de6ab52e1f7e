// Reads product types.

import type { MikroORM } from "@mikro-orm/postgresql";
import { ProductType } from "../entities/product-type.ts";

/** A stored product type. */
export type StoredProductType = Pick<
  ProductType,
  "code" | "name" | "hasInventory" | "hasVariants" | "version" | "createdAt" | "updatedAt"
>;

/** Reads one product type; resolves with null if there is none. */
export function readProductType(orm: MikroORM, code: string): Promise<StoredProductType | null> {
  return orm.em.fork().findOne(ProductType, { code });
}

/** Reads up to `limit` product types in the order of their codes, those after `after` if it is given. */
export function readProductTypes(
  orm: MikroORM,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<StoredProductType[]> {
  const { after, limit } = page;
  const where = after === undefined ? {} : { code: { $gt: after } };
  return orm.em.fork().find(ProductType, where, { orderBy: { code: "asc" }, limit });
}
