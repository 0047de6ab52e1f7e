// Many products in one request, in the HTTP contract.

import * as z from "zod";
import { newProductSchema } from "./products.ts";
import { skuSchema } from "./sku.ts";

/** The most products of one request. */
const bulkProductsMax = 1_000;

/** One product of `POST /products/bulk`. */
export const bulkProductSchema = newProductSchema
  .safeExtend({
    sku: skuSchema,
    expectedVersion: z.int().positive().nullable().optional().meta({
      description:
        "The version that you have read; null: the product must be new. If it has another one, the product is refused as `stale-version`.",
    }),
  })
  .meta({
    id: "BulkProduct",
    examples: [{ sku: "MUG-1", name: "Mug", unitsInStock: 120, stockAlertThreshold: 10 }],
  });

/**
 * The body of `POST /products/bulk`. Each product is validated alone, later, so that a fault refuses only its own
 * product.
 */
export const bulkProductsSchema = z
  .strictObject({
    atomic: z.boolean().default(false).meta({
      description:
        "true: all products are saved, or none if one is refused. false: each is saved or refused on its own.",
    }),
    products: z.array(z.unknown()).min(1).max(bulkProductsMax).meta({
      description:
        "Each is like the body of `PUT /products/{sku}`, with its `sku`, and may have `expectedVersion`: the version that you have read, or null for a product that must be new. Products that share a SKU are saved in their order.",
    }),
  })
  .meta({
    id: "BulkProducts",
    examples: [
      {
        products: [
          { sku: "MUG-1", name: "Mug", unitsInStock: 120, stockAlertThreshold: 10 },
          { sku: "TEA", name: "Tea", variants: [{ sku: "TEA-GREEN", unitsInStock: 40 }] },
        ],
      },
    ],
  });

/** The answer to `POST /products/bulk`: an outcome for each, in the order of the request. */
export const bulkSavedSchema = z
  .object({
    outcomes: z.array(
      z.union([
        z.object({
          sku: z.string(),
          status: z.enum(["created", "updated", "unchanged"]).meta({
            description: "`updated` also if only a count changed.",
          }),
          version: z.int().meta({ description: "The version that the product has now." }),
        }),
        z.object({
          sku: z.string().nullable().meta({ description: "null if the product has no valid one." }),
          problem: z.record(z.string(), z.unknown()).meta({
            description:
              "Why it is refused, as `PUT /products/{sku}` answers it. Its pointers begin at the product.",
          }),
        }),
      ]),
    ),
  })
  .meta({ id: "BulkSaved" });
