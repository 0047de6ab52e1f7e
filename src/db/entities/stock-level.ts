// The count of one SKU, with a copy of its policy. The ORM only reads it. SQL writes the units under the row's lock,
// and triggers write the policy.

import { defineEntity, p } from "@mikro-orm/core";
import { Product, Variant } from "./product.ts";

const schema = defineEntity({
  name: "StockLevel",
  tableName: "stock_level",
  readonly: true,
  indexes: [
    { name: "stock_level_of_product", properties: ["product"] },
    { name: "stock_level_every_sku", properties: ["sku"] },
  ],
  uniques: [
    { name: "stock_level_sku", properties: ["sku"], where: "not retired" },
    { name: "stock_level_product", properties: ["product"], where: "variant_id is null" },
    { name: "stock_level_variant", properties: ["variant"], where: "variant_id is not null" },
  ],
  checks: [
    {
      name: "stock_level_not_below_zero",
      expression: "units >= 0 or allow_negative_stock",
    },
  ],
  properties: {
    id: p.integer().primary().autoincrement().generated("identity"),
    product: () => p.manyToOne(Product),
    variant: () => p.manyToOne(Variant).deleteRule("no action").nullable(),
    sku: p.text(),
    units: p.bigint("number").defaultRaw("0"),
    alertState: p.enum(["low", "out"]).nullable(),
    defersTo: () =>
      p.manyToOne(StockLevel).joinColumn("defers_to").deleteRule("no action").nullable(),
    retired: p.boolean(),
    enabled: p.boolean(),
    variantRequired: p.boolean(),
    tracked: p.boolean(),
    threshold: p.integer().nullable(),
    outOfStockThreshold: p.integer().nullable(),
    // Read only by processes of the last version.
    sellBelowThreshold: p.boolean(),
    allowPreOrder: p.boolean(),
    allowNegativeStock: p.boolean(),
    hidden: p.boolean().default(false),
    retiredAfter: p.bigint("number").nullable(),
  },
});

/** The stock level of a product or of a variant. */
export class StockLevel extends schema.class {}
schema.setClass(StockLevel);
