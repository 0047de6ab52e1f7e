// Writes the settings of edited products and their variants. One statement writes each kind of row for all products. The
// database updates the policies of their stock levels by triggers, once for each statement.

import type { ProductSettings, ProductWithVariants } from "../../domain/catalogue/product.ts";
import { arrayLiteral, textArrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";
import type { LockedProduct } from "./lock-edited.ts";
import { now } from "./now.ts";
import {
  deleteVariants,
  insertVariants,
  updateVariants,
  type VariantChanges,
  variantChanges,
} from "./write-variants.ts";

/** A product to write. */
export type ProductToWrite = {
  readonly sku: string;
  /** Null if it is new. */
  readonly stored: LockedProduct | null;
  /** The code of its type. */
  readonly type: string;
  readonly product: ProductWithVariants;
  /** Whether its variants are written. If not, the stored ones stay as they are. */
  readonly writesVariants: boolean;
};

/** A written product. `version` is the one that it has now. */
export type WrittenProduct = {
  readonly id: number;
  readonly version: number;
  readonly changed: boolean;
};

/** The version of a new product, as the column's default says. */
const firstVersion = 1;

/**
 * Writes the products in ascending order of their SKUs, so that two edits that take the same SKUs wait for each other
 * in the same order. A stored variant that is no more in the list is deleted; its SKU becomes free. A product gets a new
 * version if it or any of its variants changed, because editors compare the product's version. Resolves with the
 * products by SKU.
 */
export async function writeEdits(
  sql: Sql,
  edits: readonly ProductToWrite[],
): Promise<ReadonlyMap<string, WrittenProduct>> {
  const inOrder = edits.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
  const changes = inOrder.map((edit) => ({ edit, variants: changesOf(edit) }));
  const changed = changes.filter(({ edit, variants }) => isChanged(edit, variants));
  const added = await insertProducts(
    sql,
    inOrder.filter(({ stored }) => stored === null),
  );
  const idOf = ({ sku, stored }: ProductToWrite) => {
    const id = stored?.id ?? added.get(sku);
    if (id === undefined) throw new Error(`The product ${sku} was not written.`);
    return id;
  };
  await insertVariants(
    sql,
    changed.flatMap(({ edit, variants }) =>
      variants.added.map((variant) => ({ ...variant, productId: idOf(edit) })),
    ),
  );
  await updateProducts(
    sql,
    changed.flatMap(({ edit: { stored, type, product } }) =>
      stored === null ? [] : [{ id: stored.id, type, product }],
    ),
  );
  await updateVariants(
    sql,
    changed.flatMap(({ variants }) => variants.edited),
  );
  await deleteVariants(
    sql,
    changed.flatMap(({ variants }) => variants.removed),
  );
  const written = new Set(changed.map(({ edit }) => edit));
  return new Map(
    inOrder.map((edit) => {
      const changedNow = written.has(edit);
      const version =
        edit.stored === null ? firstVersion : edit.stored.version + Number(changedNow);
      return [edit.sku, { id: idOf(edit), version, changed: changedNow }];
    }),
  );
}

const noChanges: VariantChanges = { added: [], edited: [], removed: [] };

function changesOf({ stored, product, writesVariants }: ProductToWrite): VariantChanges {
  return writesVariants ? variantChanges(stored?.variants ?? [], product.variants) : noChanges;
}

function isChanged({ stored, type, product }: ProductToWrite, variants: VariantChanges): boolean {
  const { added, edited, removed } = variants;
  return (
    stored === null ||
    stored.type !== type ||
    !isSameProduct(stored.settings, product) ||
    added.length + edited.length + removed.length > 0
  );
}

function isSameProduct(a: ProductSettings, b: ProductSettings): boolean {
  return (
    a.name === b.name &&
    a.enabled === b.enabled &&
    a.trackInventory === b.trackInventory &&
    a.stockAlertThreshold === b.stockAlertThreshold &&
    a.outOfStockThreshold === b.outOfStockThreshold &&
    a.hideIfOutOfStock === b.hideIfOutOfStock &&
    a.allowPreOrder === b.allowPreOrder &&
    a.allowNegativeStock === b.allowNegativeStock &&
    a.leadDays === b.leadDays &&
    a.packSize === b.packSize
  );
}

/** The arrays of a product's settings, in the order of `settingsTypes`. */
const settingsOf = (products: readonly ProductSettings[]) => [
  textArrayLiteral(products.map(({ name }) => name)),
  arrayLiteral(products.map(({ enabled }) => String(enabled))),
  arrayLiteral(products.map(({ trackInventory }) => String(trackInventory))),
  arrayLiteral(products.map(({ stockAlertThreshold }) => stockAlertThreshold ?? "NULL")),
  arrayLiteral(products.map(({ outOfStockThreshold }) => outOfStockThreshold ?? "NULL")),
  arrayLiteral(products.map(({ hideIfOutOfStock }) => String(hideIfOutOfStock))),
  arrayLiteral(products.map(({ allowPreOrder }) => String(allowPreOrder))),
  arrayLiteral(products.map(({ allowNegativeStock }) => String(allowNegativeStock))),
  arrayLiteral(products.map(({ leadDays }) => leadDays ?? "NULL")),
  arrayLiteral(products.map(({ packSize }) => packSize ?? "NULL")),
];

const settingsTypes = /* sql */ `$3::text[], $4::boolean[], $5::boolean[], $6::integer[], $7::integer[], $8::boolean[],
  $9::boolean[], $10::boolean[], $11::integer[], $12::integer[]`;

const settingsColumns = /* sql */ `type_code, name, enabled, track_inventory, stock_alert_threshold,
  out_of_stock_threshold, hide_if_out_of_stock, allow_pre_order, allow_negative_stock, lead_days, pack_size`;

async function insertProducts(
  sql: Sql,
  edits: readonly ProductToWrite[],
): Promise<ReadonlyMap<string, number>> {
  if (edits.length === 0) return new Map();
  const rows = await sql<{ id: number; sku: string }>(
    `insert into product (sku, ${settingsColumns}, sell_below_threshold, created_at, updated_at)
     select sku, ${settingsColumns}, false, ${now}, ${now}
     from unnest($1::text[], $2::text[], ${settingsTypes}) with ordinality
       as e (sku, ${settingsColumns}, place)
     order by place
     returning id, sku`,
    [
      textArrayLiteral(edits.map(({ sku }) => sku)),
      textArrayLiteral(edits.map(({ type }) => type)),
      ...settingsOf(edits.map(({ product }) => product)),
    ],
  );
  return new Map(rows.map(({ id, sku }) => [sku, id]));
}

async function updateProducts(
  sql: Sql,
  edits: readonly {
    readonly id: number;
    readonly type: string;
    readonly product: ProductSettings;
  }[],
): Promise<void> {
  if (edits.length === 0) return;
  await sql(
    `update product p set version = p.version + 1, updated_at = ${now}, type_code = e.type_code,
       name = e.name, enabled = e.enabled, track_inventory = e.track_inventory,
       stock_alert_threshold = e.stock_alert_threshold, out_of_stock_threshold = e.out_of_stock_threshold,
       hide_if_out_of_stock = e.hide_if_out_of_stock, allow_pre_order = e.allow_pre_order,
       allow_negative_stock = e.allow_negative_stock, lead_days = e.lead_days, pack_size = e.pack_size
     from unnest($1::integer[], $2::text[], ${settingsTypes}) as e (id, ${settingsColumns})
     where p.id = e.id`,
    [
      arrayLiteral(edits.map(({ id }) => id)),
      textArrayLiteral(edits.map(({ type }) => type)),
      ...settingsOf(edits.map(({ product }) => product)),
    ],
  );
}
