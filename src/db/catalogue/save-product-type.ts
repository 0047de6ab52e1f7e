// Creates or replaces a product type. Its flags decide whether the stock of all its products is tracked, so their
// levels are locked, pre-orders that wait for their units are served, and their alerts are opened or ended.

import { LockMode, type MikroORM } from "@mikro-orm/postgresql";
import type { EntityManager } from "@mikro-orm/postgresql";
import { changedFacts } from "../../domain/activity/act.ts";
import { recordAct } from "../activity/record-acts.ts";
import type { AlertToCheck } from "../alerts/record-transition.ts";
import { Product } from "../entities/product.ts";
import { ProductType } from "../entities/product-type.ts";
import { lostAgainstAnother, retryTransaction, sqlStateOf } from "../sql/retry-transaction.ts";
import { sqlWithin } from "../sql/sql.ts";
import { servePreOrders } from "../orders/serve-pre-orders.ts";
import { Refused } from "../refused.ts";
import { lockProductLevels, readProductLevels, settleProductLevels } from "./product-levels.ts";

/** A product type to save. `matchesVersion`: whether the editor expects this stored version, null for none. */
export type ProductTypeEdit = {
  readonly code: string;
  readonly name: string;
  readonly hasInventory: boolean;
  readonly hasVariants: boolean;
  readonly matchesVersion: (version: number | null) => boolean;
  readonly actor: string;
};

/** Whether the type is new, and the alerts to check after the commit. */
export type SavedProductType = {
  readonly created: boolean;
  readonly alerts: readonly AlertToCheck[];
};

const uniqueViolation = "23505";

/** Saves a product type. Throws `Refused` if `matchesVersion` returns false for its version. */
export function saveProductType(orm: MikroORM, edit: ProductTypeEdit): Promise<SavedProductType> {
  return retryTransaction(
    () => orm.em.fork().transactional((em) => saveOnce(em, edit)),
    // If two requests create the same type at once, the second finds it at its next attempt.
    (error) => lostAgainstAnother(error) || sqlStateOf(error) === uniqueViolation,
  );
}

async function saveOnce(em: EntityManager, edit: ProductTypeEdit): Promise<SavedProductType> {
  const { code, name, hasInventory, hasVariants, matchesVersion, actor } = edit;
  const stored = await em.findOne(ProductType, { code }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!matchesVersion(stored?.version ?? null)) {
    const of = { what: "product type", key: code, change: "save" } as const;
    throw new Refused({ kind: "stale-version", of });
  }
  if (stored === null) {
    em.create(ProductType, { code, name, hasInventory, hasVariants });
    await em.flush();
    const after = { name, hasInventory, hasVariants };
    const subject = { id: code, name };
    await recordAct(sqlWithin(em), { kind: "productType.created", subject, before: null, after });
    return { created: true, alerts: [] };
  }
  // Meanwhile products can leave the type but not join it: to save a product locks its new type's row.
  const products = await em.find(Product, { type: code }, { fields: ["id"] });
  const ids = products.map(({ id }) => id);
  const sql = sqlWithin(em);
  const before = await lockProductLevels(sql, ids);
  const { name: formerName, hasInventory: had, hasVariants: hadVariants } = stored;
  const changed = changedFacts(
    { name: formerName, hasInventory: had, hasVariants: hadVariants },
    { name, hasInventory, hasVariants },
  );
  if (changed !== null) {
    const subject = { id: code, name: formerName };
    await recordAct(sql, { kind: "productType.changed", subject, ...changed });
  }
  em.assign(stored, { name, hasInventory, hasVariants });
  await em.flush();
  const { levels: after } = await servePreOrders(sql, await readProductLevels(sql, ids), edit);
  const { alerts } = await settleProductLevels(sql, before, after, actor);
  return { created: false, alerts };
}
