// A product and its variants. They refer to each other, so they share a file. Their counts are in their stock levels,
// whose copy of the policy the database updates when a product or variant is written.

import { defineEntity, p } from "@mikro-orm/core";
import { createdAt, instant, updatedAt } from "./instants.ts";
import { ProductType } from "./product-type.ts";

const productSchema = defineEntity({
  name: "Product",
  tableName: "product",
  indexes: [
    { name: "product_type_code", properties: ["type"] },
    { name: "product_sku", properties: ["sku"] },
  ],
  checks: [
    { name: "product_out_of_stock_threshold_check", expression: "out_of_stock_threshold >= 0" },
    { name: "product_lead_days_check", expression: "lead_days >= 0 and lead_days <= 366" },
    { name: "product_pack_size_check", expression: "pack_size >= 1 and pack_size <= 100000" },
  ],
  properties: {
    id: p.integer().primary().autoincrement().generated("identity"),
    sku: p.text(),
    name: p.text(),
    type: () => p.manyToOne(ProductType).joinColumn("type_code"),
    enabled: p.boolean(),
    trackInventory: p.boolean(),
    stockAlertThreshold: p.integer().nullable(),
    hideIfOutOfStock: p.boolean(),
    allowPreOrder: p.boolean(),
    allowNegativeStock: p.boolean(),
    outOfStockThreshold: p.integer().nullable(),
    // Read and written only by processes of the last version; a trigger keeps it in step.
    sellBelowThreshold: p.boolean().default(false),
    leadDays: p.integer().nullable(),
    packSize: p.integer().nullable(),
    version: p.integer().version().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: instant().nullable(),
    variants: () =>
      p.oneToMany(Variant).mappedBy("product").orderBy({ position: "asc", id: "asc" }),
  },
});

const variantSchema = defineEntity({
  name: "Variant",
  tableName: "variant",
  indexes: [{ name: "variant_product_id", properties: ["product"] }],
  checks: [
    { name: "variant_out_of_stock_threshold_check", expression: "out_of_stock_threshold >= 0" },
    { name: "variant_lead_days_check", expression: "lead_days >= 0 and lead_days <= 366" },
    { name: "variant_pack_size_check", expression: "pack_size >= 1 and pack_size <= 100000" },
  ],
  properties: {
    id: p.integer().primary().autoincrement().generated("identity"),
    product: () => p.manyToOne(Product),
    sku: p.text(),
    name: p.text(),
    // jsonb would sort them.
    options: p.json<Record<string, string>>().columnType("json"),
    position: p.integer(),
    enabled: p.boolean(),
    ownStock: p.boolean(),
    stockAlertThreshold: p.integer().nullable(),
    outOfStockThreshold: p.integer().nullable(),
    leadDays: p.integer().nullable(),
    packSize: p.integer().nullable(),
    deletedAt: instant().nullable(),
  },
});

/** A product of the catalogue. It is never deleted, only marked as deleted, because its ledger is kept. */
export class Product extends productSchema.class {}
productSchema.setClass(Product);

/** A variant of a product. If it has no units of its own, it draws on its product's. */
export class Variant extends variantSchema.class {}
variantSchema.setClass(Variant);
