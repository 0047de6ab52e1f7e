// The stock's part of the HTTP contract: counts, adjustments and the ledger.

import * as z from "zod";
import { skuSchema } from "./sku.ts";
import { lineOfText } from "./text.ts";
import { wholeNumber } from "./whole-number.ts";

/** The largest count and the largest change that are believed. */
export const unitsMax = 1_000_000_000;

/** A count of units that a person or program sets. Below zero only where the product allows it. */
export const unitsSchema = wholeNumber(-unitsMax, unitsMax);

/** The path of one item's stock. */
export const stockPathSchema = z.object({ sku: skuSchema });

const levelShape = {
  sku: z.string().meta({ description: "The SKU that was asked for." }),
  holder: z.object({ kind: z.enum(["product", "variant"]), sku: z.string() }).meta({
    description: "Whose count it is: a variant without units of its own has its product's.",
  }),
  unitsInStock: z.int(),
  stockAlertThreshold: z
    .int()
    .nullable()
    .meta({ description: "The threshold in force; a variant's empty one is its product's." }),
  outOfStock: z.boolean(),
};

/** A stock level. */
export const stockLevelSchema = z.object(levelShape).meta({ id: "StockLevel" });

/** A stock level as it is answered. */
export type StockLevelReply = z.output<typeof stockLevelSchema>;

/** One entry of the ledger. */
export const movementSchema = z
  .object({
    id: z.string(),
    kind: z.enum(["sale", "restock", "adjustment", "receipt", "import"]),
    change: z.int(),
    unitsAfter: z.int(),
    at: z.iso.datetime(),
    actor: z
      .string()
      .nullable()
      .meta({ description: "Who did it by hand; null for what an order took." }),
    note: z.string().nullable(),
    order: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
  })
  .meta({ id: "Movement" });

/** A movement as it is answered. */
export type MovementReply = z.output<typeof movementSchema>;

/** The answer to an adjustment: the level as it is now, and its movement. */
export const adjustedStockSchema = z
  .object({
    ...levelShape,
    movement: movementSchema
      .nullable()
      .meta({ description: "Null where the count was that already." }),
  })
  .meta({ id: "AdjustedStock" });

/** What an adjustment is answered with. */
export type AdjustedStockReply = z.output<typeof adjustedStockSchema>;

/** The body of `POST /stock/{sku}/adjustments`. */
export const stockAdjustmentSchema = z
  .strictObject({
    delta: unitsSchema.optional().meta({ description: "Units to add, or with a minus to take." }),
    set: unitsSchema.optional().meta({ description: "The count that there is." }),
    expectedUnits: unitsSchema
      .optional()
      .meta({ description: "The count that was looked at. Where it has changed since: 409." }),
    kind: z.enum(["adjustment", "receipt", "import"]).default("adjustment"),
    note: lineOfText(500).optional(),
  })
  .refine(({ delta, set }) => (delta === undefined) !== (set === undefined), {
    error: "expected either delta or set",
  })
  .refine(({ delta }) => delta !== 0, { path: ["delta"], error: "expected a change" })
  .meta({
    id: "StockAdjustment",
    examples: [{ delta: 50, kind: "receipt", note: "Delivery 4711" }],
  });
