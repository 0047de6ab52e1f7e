// Locks the products of edits and their types, and reads them with their variants. Their levels are locked after them.

import type { ProductSettings, VariantSettings } from "../../domain/catalogue/product.ts";
import type { ProductTypeFlags } from "../../domain/catalogue/product-type.ts";
import { arrayLiteral, textArrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";

/** A stored variant of a locked product. */
export type LockedVariant = {
  readonly id: number;
  readonly position: number;
  readonly settings: VariantSettings;
};

/** A locked product with its variants in their order, those of a type without variants too. */
export type LockedProduct = {
  readonly id: number;
  readonly version: number;
  /** The code of its type. */
  readonly type: string;
  readonly settings: ProductSettings;
  readonly variants: readonly LockedVariant[];
};

type ProductRow = ProductSettings & {
  readonly id: number;
  readonly sku: string;
  readonly version: number;
  readonly type: string;
};

type VariantRow = VariantSettings & {
  readonly id: number;
  readonly productId: number;
  readonly position: number;
};

/** Locks the products that have the SKUs, in ascending id, and reads them. An SKU without a product is missing. */
export async function lockProducts(
  sql: Sql,
  skus: Iterable<string>,
): Promise<ReadonlyMap<string, LockedProduct>> {
  const rows = await sql<ProductRow>(
    `select id, sku, version, type_code as type, name, enabled, track_inventory as "trackInventory",
       stock_alert_threshold as "stockAlertThreshold", out_of_stock_threshold as "outOfStockThreshold",
       hide_if_out_of_stock as "hideIfOutOfStock", allow_pre_order as "allowPreOrder",
       allow_negative_stock as "allowNegativeStock", lead_days as "leadDays", pack_size as "packSize"
     from product where sku = any ($1::text[]) and deleted_at is null order by id for update`,
    [textArrayLiteral(skus)],
  );
  const variants = await readVariants(
    sql,
    rows.map(({ id }) => id),
  );
  return new Map(
    rows.map(({ id, sku, version, type, ...settings }) => [
      sku,
      { id, version, type, settings, variants: variants.get(id) ?? [] },
    ]),
  );
}

async function readVariants(
  sql: Sql,
  productIds: readonly number[],
): Promise<ReadonlyMap<number, readonly LockedVariant[]>> {
  const byProduct = new Map<number, LockedVariant[]>();
  if (productIds.length === 0) return byProduct;
  const rows = await sql<VariantRow>(
    `select id, product_id as "productId", position, sku, name, options, enabled, own_stock as "ownStock",
       stock_alert_threshold as "stockAlertThreshold", out_of_stock_threshold as "outOfStockThreshold",
       lead_days as "leadDays", pack_size as "packSize"
     from variant where product_id = any ($1::integer[]) and deleted_at is null
     order by product_id, position, id`,
    [arrayLiteral(productIds)],
  );
  for (const { id, productId, position, ...settings } of rows) {
    const known = byProduct.get(productId) ?? [];
    known.push({ id, position, settings });
    byProduct.set(productId, known);
  }
  return byProduct;
}

/** Locks product types against a change of their flags, and reads them by code. An unknown code is missing. */
export async function lockTypes(
  sql: Sql,
  codes: Iterable<string>,
): Promise<ReadonlyMap<string, ProductTypeFlags>> {
  const rows = await sql<ProductTypeFlags>(
    `select code, has_inventory as "hasInventory", has_variants as "hasVariants"
     from product_type where code = any ($1::text[]) order by code for share`,
    [textArrayLiteral(codes)],
  );
  return new Map(rows.map((type) => [type.code, type]));
}

/** The first codes of the types that exist, for the text of a refusal. */
export async function knownTypes(sql: Sql): Promise<string> {
  const rows = await sql<{ code: string }>("select code from product_type order by code limit 20");
  return rows.map(({ code }) => code).join(", ");
}
