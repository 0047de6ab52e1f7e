// Creates or changes a product with its variants and counts, in one transaction. The product's row is locked first, so
// that its edits run one after the other; then its type's, so that the type's flags don't change; then its levels, in
// the order in which batches of orders lock them. An edit may bring units to waiting pre-orders, by a count or because
// their item draws on another level now, so these are served last.

import { type EntityManager, LockMode, type MikroORM } from "@mikro-orm/postgresql";
import { findFaults } from "../../domain/catalogue/find-faults.ts";
import { type EditMode, mergeProduct } from "../../domain/catalogue/merge-product.ts";
import { productChange } from "../../domain/catalogue/product-change.ts";
import { type CountMove, planCounts } from "../../domain/catalogue/plan-counts.ts";
import type { VariantSettings } from "../../domain/catalogue/product.ts";
import type { ProductEdit } from "../../domain/catalogue/product-edit.ts";
import { defaultProductType } from "../../domain/catalogue/product-type.ts";
import { Product, Variant } from "../entities/product.ts";
import { ProductType } from "../entities/product-type.ts";
import { servePreOrders } from "../orders/serve-pre-orders.ts";
import { Refused } from "../refused.ts";
import { lostAgainstAnother, retryTransaction, sqlStateOf } from "../sql/retry-transaction.ts";
import type { Sql } from "../sql/sql.ts";
import { sqlWithin } from "../sql/sql.ts";
import { moveUnits } from "../stock/move-units.ts";
import { CreatedMeanwhileError, refuseTakenSkus } from "./find-sku-owners.ts";
import {
  lockProductLevels,
  type ProductLevel,
  readProductLevels,
  type SettledLevels,
  settleProductLevels,
} from "./product-levels.ts";
import { writeProductEvents } from "./product-events.ts";
import { productNotFound } from "./product-not-found.ts";
import { settingsOf } from "./settings-of.ts";

/** An edit of a product. `matchesVersion`: whether the editor expects this stored version, null for none. */
export type SaveProduct = {
  readonly sku: string;
  readonly edit: ProductEdit;
  readonly mode: EditMode;
  readonly matchesVersion: (version: number | null) => boolean;
  readonly actor: string;
  /** The kind of the movements that set a count; an adjustment if left out. */
  readonly countsAs?: "adjustment" | "import";
};

/**
 * Whether the product is new, the alerts to check after the commit, and how many of its counts are low since they are
 * there or in use: their alerts are shown, and nobody is mailed.
 */
export type SavedProduct = SettledLevels & { readonly created: boolean };

const uniqueViolation = "23505";

/** Saves the whole edit, or throws `Refused` and saves nothing. */
export function saveProduct(orm: MikroORM, request: SaveProduct): Promise<SavedProduct> {
  return retryTransaction(
    () => orm.em.fork().transactional((em) => saveOnce(em, request)),
    // If two edits take one SKU at once, the second finds its owner at its next attempt.
    (error) =>
      lostAgainstAnother(error) ||
      error instanceof CreatedMeanwhileError ||
      sqlStateOf(error) === uniqueViolation,
  );
}

async function saveOnce(em: EntityManager, request: SaveProduct): Promise<SavedProduct> {
  const { sku, edit, mode, actor } = request;
  const cause = { kind: request.countsAs ?? "adjustment", actor } as const;
  const sql = sqlWithin(em);
  const product = await lockProduct(em, request);
  const type = await lockType(em, edit.type ?? typeWithout(mode, product));
  const variants =
    product === null
      ? []
      : await em.find(Variant, { product, deletedAt: null }, { orderBy: { position: "asc" } });
  const before = product === null ? [] : await lockProductLevels(sql, [product.id]);

  const stored = product && { ...settingsOf(product, variants), type: product.type.code };
  const edited = mergeProduct(edit, mode, stored, type);
  const counted = await wasCounted(sql, before);
  const faults = findFaults({ sku, edit, product: edited, type, counted });
  if (faults.length > 0) throw new Refused({ kind: "faults", faults });
  const wanted = { product: sku, variants: (edit.variants ?? []).map((variant) => variant.sku) };
  await refuseTakenSkus(sql, wanted, product?.id ?? null);
  const plan = planCounts({ sku, edit, product: edited, type, levels: before });
  if (plan.kind !== "planned") throw new Refused(plan);

  // Variants that the type hides stay as they are.
  const known = stored === null || type.hasVariants ? stored : { ...stored, variants: [] };
  const change = productChange(known, { ...edited, type: type.code });
  await writeMoves(sql, plan.before, before, cause);
  const { variants: editedVariants, ...settings } = edited;
  const written = product ?? em.create(Product, { sku, ...settings, type });
  if (product !== null) em.assign(product, { ...settings, type });
  // If the type has no variants, the product's are hidden and stay as they are.
  if (edit.variants !== undefined && type.hasVariants) {
    writeVariants(em, written, variants, editedVariants);
  }
  touch(em, written);
  await em.flush();
  await writeProductEvents(sql, change === null ? [] : [{ sku, ...change }], actor);
  const made = await readProductLevels(sql, [written.id]);
  await writeMoves(sql, plan.after, made, cause);
  const moved = plan.after.length > 0 ? await readProductLevels(sql, [written.id]) : made;
  const { levels: after } = await servePreOrders(sql, moved, cause);
  const settled = await settleProductLevels(sql, before, after, actor);
  return { created: product === null, ...settled };
}

async function lockProduct(em: EntityManager, request: SaveProduct): Promise<Product | null> {
  const { sku, mode, matchesVersion } = request;
  const product = await em.findOne(
    Product,
    { sku, deletedAt: null },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (product === null && mode === "patch") throw await productNotFound(sqlWithin(em), sku);
  if (matchesVersion(product?.version ?? null)) return product;
  throw new Refused({
    kind: "stale-version",
    of: { what: "product", key: sku, change: "save" },
  });
}

function typeWithout(mode: EditMode, product: Product | null): string {
  return mode === "patch" && product !== null ? product.type.code : defaultProductType;
}

async function lockType(em: EntityManager, code: string): Promise<ProductType> {
  const type = await em.findOne(ProductType, { code }, { lockMode: LockMode.PESSIMISTIC_READ });
  if (type !== null) return type;
  const types = await em.findAll(ProductType, { orderBy: { code: "asc" }, limit: 20 });
  const known = types.map((other) => other.code).join(", ");
  const detail = `Expected the code of a product type, such as ${known}; got ${JSON.stringify(code)}.`;
  throw new Refused({ kind: "faults", faults: [{ pointer: "/type", detail }] });
}

/** Whether somebody set the product's own count: it is tracked, or has a movement from when it was. */
async function wasCounted(sql: Sql, levels: readonly ProductLevel[]): Promise<boolean> {
  const base = levels.find(({ isVariant }) => !isVariant);
  if (base === undefined) return false;
  if (base.tracked) return true;
  const rows = await sql("select from movement where level_id = $1 limit 1", [base.id]);
  return rows.length > 0;
}

async function writeMoves(
  sql: Sql,
  moves: readonly CountMove[],
  levels: readonly ProductLevel[],
  cause: { readonly kind: "adjustment" | "import"; readonly actor: string },
): Promise<void> {
  const living = new Map(levels.flatMap((level) => (level.retired ? [] : [[level.sku, level]])));
  const toWrite = moves.map(({ sku, levelId: known, change, unitsAfter, note }) => {
    const levelId = known ?? living.get(sku)?.id;
    if (levelId === undefined) throw new Error(`The item ${sku} was saved without a stock level.`);
    return { levelId, change, unitsAfter, note, reason: null, ...cause };
  });
  await moveUnits(sql, toWrite);
}

/** Writes the variants of the list, in its order. A stored one that is not in it is deleted; its SKU becomes free. */
function writeVariants(
  em: EntityManager,
  product: Product,
  stored: readonly Variant[],
  edited: readonly VariantSettings[],
): void {
  const left = new Map(stored.map((variant) => [variant.sku, variant]));
  for (const [position, settings] of edited.entries()) {
    const variant = left.get(settings.sku);
    left.delete(settings.sku);
    const row = { ...settings, options: { ...settings.options }, position };
    if (variant === undefined) em.create(Variant, { ...row, product });
    else em.assign(variant, row);
  }
  for (const variant of left.values()) variant.deletedAt = new Date();
}

/** Gives the product a new version if any of its variants changed, because editors compare the product's version. */
function touch(em: EntityManager, product: Product): void {
  const work = em.getUnitOfWork();
  work.computeChangeSets();
  if (work.getChangeSets().length > 0) product.updatedAt = new Date();
}
