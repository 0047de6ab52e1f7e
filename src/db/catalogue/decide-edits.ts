// Locks what edits of products need, and decides each by the rules of the domain before anything is written. So a refused
// edit of a group leaves nothing behind, and the others can be saved.

import { findFaults } from "../../domain/catalogue/find-faults.ts";
import { type EditMode, mergeProduct } from "../../domain/catalogue/merge-product.ts";
import { type CountPlan, planCounts } from "../../domain/catalogue/plan-counts.ts";
import { defaultProductType, type ProductTypeFlags } from "../../domain/catalogue/product-type.ts";
import { type ProductChange, productChange } from "../../domain/catalogue/product-change.ts";
import type { ProductEdit } from "../../domain/catalogue/product-edit.ts";
import { arrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";
import { findSkuOwners, refusalOfTaken, type SkuOwner } from "./find-sku-owners.ts";
import { knownTypes, type LockedProduct, lockProducts, lockTypes } from "./lock-edited.ts";
import { lockProductLevels, type ProductLevel } from "./product-levels.ts";
import type { EditRefusal } from "./product-outcome.ts";
import { missingProduct } from "./product-not-found.ts";
import type { ProductToWrite } from "./write-edits.ts";

/** An edit of a product. `matchesVersion`: whether the editor expects this stored version, null for none. */
export type SaveProduct = {
  readonly sku: string;
  readonly edit: ProductEdit;
  readonly mode: EditMode;
  readonly matchesVersion: (version: number | null) => boolean;
};

/** An edit that is refused, or what is written of it. */
export type DecidedEdit =
  | (ProductToWrite & {
      readonly counts: Extract<CountPlan, { readonly kind: "planned" }>;
      /** What its event tells; null if nothing but counts changes. */
      readonly change: ProductChange | null;
    })
  | { readonly sku: string; readonly refusal: EditRefusal };

/** Edits in their order, and the locked levels of their products. */
export type DecidedEdits = {
  readonly decided: readonly DecidedEdit[];
  readonly levels: readonly ProductLevel[];
};

/**
 * Decides the first edit and those that follow it up to one that shares a SKU with an earlier one. It locks
 * products and levels in ascending id, and types in the order of their codes. Then it calls `locked`, if it has levels.
 */
export async function decideEdits(
  sql: Sql,
  edits: readonly SaveProduct[],
  locked: () => void,
): Promise<DecidedEdits> {
  const stored = await lockProducts(
    sql,
    edits.map(({ sku }) => sku),
  );
  const group = untilSharedSku(edits, stored);
  const typeOf = ({ edit, mode, sku }: SaveProduct) =>
    edit.type ?? (mode === "patch" ? stored.get(sku)?.type : undefined) ?? defaultProductType;
  const types = await lockTypes(sql, new Set(group.map(typeOf)));
  // Also those of the edits that are decided later in this transaction: locked then, they would be out of order.
  const ids = [...stored.values()].map(({ id }) => id);
  const locks = ids.length === 0 ? [] : await lockProductLevels(sql, ids);
  const decidedNow = new Set(group.flatMap(({ sku }) => stored.get(sku)?.id ?? []));
  const levels = locks.filter(({ productId }) => decidedNow.has(productId));
  // No order waits for products that are new, so how long they take says nothing of the others.
  if (locks.length > 0) locked();
  const owners = await findSkuOwners(sql, new Set(group.flatMap(namedSkus)));
  const counted = await countedBefore(sql, levels);
  const levelsOf = Map.groupBy(levels, ({ productId }) => productId);
  const decided: DecidedEdit[] = [];
  for (const save of group) {
    const product = stored.get(save.sku) ?? null;
    const code = typeOf(save);
    const type = types.get(code);
    const refusal =
      (await refusalOf(sql, save, product)) ?? (type ? null : await noType(sql, code));
    if (refusal !== null || type === undefined) {
      if (refusal !== null) decided.push({ sku: save.sku, refusal });
      continue;
    }
    const levelsBefore = levelsOf.get(product?.id ?? 0) ?? [];
    decided.push(decide(save, { product, type, levels: levelsBefore, counted, owners }));
  }
  return { decided, levels };
}

const namedSkus = ({ sku, edit }: SaveProduct): string[] => [
  sku,
  ...(edit.variants ?? []).map((variant) => variant.sku),
];

/** The edits before the first that shares a SKU with an earlier one: named by it, or of a variant that it may remove. */
function untilSharedSku(
  edits: readonly SaveProduct[],
  stored: ReadonlyMap<string, LockedProduct>,
): readonly SaveProduct[] {
  const seen = new Set<string>();
  for (const [at, save] of edits.entries()) {
    const variants = stored.get(save.sku)?.variants ?? [];
    const skus = [...namedSkus(save), ...variants.map(({ settings }) => settings.sku)];
    if (skus.some((sku) => seen.has(sku))) return edits.slice(0, at);
    for (const sku of skus) seen.add(sku);
  }
  return edits;
}

/** Why the edit can't be of the stored product. */
async function refusalOf(
  sql: Sql,
  { sku, mode, matchesVersion }: SaveProduct,
  product: LockedProduct | null,
): Promise<EditRefusal | null> {
  if (product === null && mode === "patch") return missingProduct(sql, sku);
  if (matchesVersion(product?.version ?? null)) return null;
  return { kind: "stale-version", of: { what: "product", key: sku, change: "save" } };
}

async function noType(sql: Sql, code: string): Promise<EditRefusal> {
  const known = await knownTypes(sql);
  const detail = `Expected the code of a product type, such as ${known}; got ${JSON.stringify(code)}.`;
  return { kind: "faults", faults: [{ pointer: "/type", detail }] };
}

/** What the rules need to know of one product. */
type Facts = {
  readonly product: LockedProduct | null;
  readonly type: ProductTypeFlags;
  readonly levels: readonly ProductLevel[];
  /** The ids of the levels whose count somebody set. */
  readonly counted: ReadonlySet<number>;
  readonly owners: ReadonlyMap<string, SkuOwner>;
};

function decide(
  { sku, edit, mode }: SaveProduct,
  { product: stored, type, levels, counted, owners }: Facts,
): DecidedEdit {
  const before = stored && {
    ...stored.settings,
    variants: stored.variants.map(({ settings }) => settings),
  };
  const product = mergeProduct(edit, mode, before, type);
  const isCounted = levels.some(({ id, isVariant }) => !isVariant && counted.has(id));
  const faults = findFaults({ sku, edit, product, type, counted: isCounted });
  if (faults.length > 0) return { sku, refusal: { kind: "faults", faults } };
  const wanted = { product: sku, variants: (edit.variants ?? []).map((variant) => variant.sku) };
  const taken = refusalOfTaken(owners, wanted, stored?.id ?? null);
  if (taken !== null) return { sku, refusal: taken };
  const counts = planCounts({ sku, edit, product, type, levels });
  if (counts.kind !== "planned") return { sku, refusal: counts };
  // If the type has no variants, the product's are hidden and stay as they are.
  const writesVariants = edit.variants !== undefined && type.hasVariants;
  const known = before && stored && { ...before, type: stored.type };
  const change = productChange(
    known === null || type.hasVariants ? known : { ...known, variants: [] },
    { ...product, type: type.code },
  );
  return { sku, stored, type: type.code, product, writesVariants, counts, change };
}

/** The products' own levels whose count somebody set: they are tracked, or have a movement from when they were. */
async function countedBefore(
  sql: Sql,
  levels: readonly ProductLevel[],
): Promise<ReadonlySet<number>> {
  const own = levels.filter(({ isVariant }) => !isVariant);
  const tracked = own.flatMap(({ id, tracked: isTracked }) => (isTracked ? [id] : []));
  const untracked = own.flatMap(({ id, tracked: isTracked }) => (isTracked ? [] : [id]));
  if (untracked.length === 0) return new Set(tracked);
  const rows = await sql<{ id: number }>(
    `select l.id from unnest($1::integer[]) as l (id)
     where exists (select from movement m where m.level_id = l.id)`,
    [arrayLiteral(untracked)],
  );
  return new Set([...tracked, ...rows.map(({ id }) => id)]);
}
