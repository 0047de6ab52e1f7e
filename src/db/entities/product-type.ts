// A product type. Its flags decide for all of its products whether stock counts.

import { defineEntity, p } from "@mikro-orm/core";
import { createdAt, updatedAt } from "./instants.ts";

const schema = defineEntity({
  name: "ProductType",
  tableName: "product_type",
  properties: {
    code: p.text().primary(),
    name: p.text(),
    hasInventory: p.boolean(),
    hasVariants: p.boolean(),
    version: p.integer().version().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
});

/** A kind of product, such as goods or services. */
export class ProductType extends schema.class {}
schema.setClass(ProductType);
