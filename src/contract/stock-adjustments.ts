// Adjustments of stock in the HTTP contract, one by one and in bulk.

import * as z from "zod";
import { stockReasons } from "../domain/stock/stock-reason.ts";
import { skuSchema } from "./sku.ts";
import { levelShape, unitsSchema } from "./stock.ts";
import { lineOfText } from "./text.ts";

const adjustmentShape = {
  delta: unitsSchema.optional().meta({ description: "Units to add; negative to remove units." }),
  set: unitsSchema.optional().meta({ description: "The new count." }),
  expectedUnits: unitsSchema
    .optional()
    .meta({ description: "The count that you have read. If it has changed since then: 409." }),
  kind: z.enum(["adjustment", "receipt", "import"]).default("adjustment"),
  reason: z.enum(stockReasons).optional().meta({
    description:
      "Why the count changes. If left out: receipt for a receipt, count if the count is set, and none for a difference.",
  }),
  note: lineOfText(500).optional(),
};

type DeltaOrSet = { readonly delta?: number | undefined; readonly set?: number | undefined };
const isEither = ({ delta, set }: DeltaOrSet) => (delta === undefined) !== (set === undefined);
const either = { error: "expected either delta or set" };
const changes = ({ delta }: DeltaOrSet) => delta !== 0;
const aChange = { path: ["delta"], error: "expected a number other than 0" };

/** The body of `POST /stock/{sku}/adjustments`. */
export const stockAdjustmentSchema = z
  .strictObject(adjustmentShape)
  .refine(isEither, either)
  .refine(changes, aChange)
  .meta({ id: "StockAdjustment" });

/** The most adjustments of one request. */
const bulkAdjustmentsMax = 1_000;

/** One adjustment of `POST /stock/adjustments`. */
export const bulkAdjustmentSchema = z
  .strictObject({ sku: skuSchema, ...adjustmentShape })
  .refine(isEither, either)
  .refine(changes, aChange)
  .meta({ id: "BulkAdjustment" });

/**
 * The body of `POST /stock/adjustments`. Each adjustment is validated alone, later, so that a fault refuses only its
 * own adjustment.
 */
export const bulkAdjustmentsSchema = z
  .strictObject({
    atomic: z.boolean().default(false).meta({
      description:
        "true: all adjustments are made, or none if one is refused. false: each is made or refused on its own.",
    }),
    adjustments: z.array(z.unknown()).min(1).max(bulkAdjustmentsMax).meta({
      description:
        "Each is like the body of `POST /stock/{sku}/adjustments`, with its `sku`. Several of one SKU are made in their order.",
    }),
  })
  .meta({ id: "BulkAdjustments" });

/** The answer to `POST /stock/adjustments`: an outcome for each, in the order of the request. */
export const bulkAdjustedSchema = z
  .object({
    outcomes: z.array(
      z.union([
        z.object({
          sku: z.string(),
          holder: levelShape.holder,
          unitsBefore: z.int(),
          unitsAfter: z.int().meta({ description: "The count right after the adjustment." }),
          unitsInStock: z.int().meta({
            description: "The count once waiting pre-orders had taken their units.",
          }),
          available: levelShape.available,
          movementId: z
            .string()
            .nullable()
            .meta({ description: "Its entry of the ledger; null if the count did not change." }),
        }),
        z.object({
          sku: z
            .string()
            .nullable()
            .meta({ description: "null if the adjustment has no valid one." }),
          problem: z.record(z.string(), z.unknown()).meta({
            description: "Why it is refused, as `POST /stock/{sku}/adjustments` answers it.",
          }),
        }),
      ]),
    ),
  })
  .meta({ id: "BulkAdjusted" });
