// Stock in the HTTP contract: counts, adjustments and the ledger.

import * as z from "zod";
import { movementKinds } from "../domain/stock/movement-kind.ts";
import { stockStates } from "../domain/stock/stock-holder.ts";
import { stockReasons } from "../domain/stock/stock-reason.ts";
import { incomingSchema } from "./incoming.ts";
import { pageOf, pageQueryShape } from "./paging.ts";
import { repeated } from "./repeated.ts";
import { skuSchema } from "./sku.ts";
import { lineOfText } from "./text.ts";
import { wholeNumber } from "./whole-number.ts";

/** The largest count, and the largest change. A larger one is a typing error. */
export const unitsMax = 1_000_000_000;

/** A count of units in a request. It may be negative only if the product allows it. */
export const unitsSchema = wholeNumber(-unitsMax, unitsMax);

/** The state of a count. */
export const stockStateSchema = z.enum(stockStates).meta({
  description:
    "low: at or below its limit, and still sold. held-back: units are left, but a threshold holds all of them back. none-left: no unit is left.",
});

/** Units that can't be sold because of a threshold. */
export const heldBackSchema = z.int().meta({
  description:
    "Units in stock that can't be had because of a threshold. 0 if pre-orders or negative stock are allowed.",
});

/** The path of an item's stock. */
export const stockPathSchema = z.object({ sku: skuSchema });

const levelShape = {
  sku: z.string().meta({ description: "The requested SKU." }),
  holder: z.object({ kind: z.enum(["product", "variant"]), sku: z.string() }).meta({
    description:
      "The item whose units are counted. A variant without its own stock uses its product's.",
  }),
  unitsInStock: z.int(),
  stockAlertThreshold: z
    .int()
    .nullable()
    .meta({ description: "The effective threshold: a variant without one has its product's." }),
  outOfStockThreshold: z.int().nullable().meta({
    description: "The effective out-of-stock threshold; null: the stock alert threshold counts.",
  }),
  outOfStock: z.boolean().meta({
    description:
      "Whether the count is at or below its out-of-stock level. Pre-orders or negative stock may still allow orders.",
  }),
  available: z
    .int()
    .nullable()
    .meta({ description: "Units that can be ordered now; null: no limit." }),
  heldBack: heldBackSchema,
  stockState: stockStateSchema,
};

/** A stock level. */
export const stockLevelSchema = z
  .object({ ...levelShape, incoming: incomingSchema })
  .meta({ id: "StockLevel" });

/** A stock level as the API answers it. */
export type StockLevelReply = z.output<typeof stockLevelSchema>;

/** The query of `GET /stock`. */
export const stockListQuerySchema = z
  .strictObject({
    ...pageQueryShape,
    sku: repeated(skuSchema, 100).meta({
      description: "The SKUs to read, all on one page. Without any, all levels are listed.",
    }),
  })
  .refine(({ sku, cursor }) => sku === undefined || cursor === undefined, {
    path: ["cursor"],
    error: "expected either sku or cursor",
  });

/** A page of levels. */
export const stockListSchema = pageOf(
  z
    .object({
      ...levelShape,
      place: z.string().meta({
        description: "The place in the feed of the level's last change; 0 if there was none.",
      }),
    })
    .meta({ id: "StockLevelAtPlace" }),
).extend({
  place: z.string().meta({
    description: "Follow the feed after it: every change that the levels lack comes later.",
  }),
});

/** One entry of the ledger. */
export const movementSchema = z
  .object({
    id: z.string(),
    kind: z.enum(movementKinds),
    change: z.int(),
    unitsAfter: z.int(),
    at: z.iso.datetime(),
    actor: z
      .string()
      .nullable()
      .meta({ description: "Who made the change; null if an order did." }),
    reason: z
      .enum(stockReasons)
      .nullable()
      .meta({ description: "Why the count changed; null if nobody said so, and for sales." }),
    note: z.string().nullable(),
    order: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
  })
  .meta({ id: "Movement" });

/** A movement as the API answers it. */
export type MovementReply = z.output<typeof movementSchema>;

/** The answer to an adjustment: the level after it, and its movement. */
export const adjustedStockSchema = z
  .object({
    ...levelShape,
    movement: movementSchema.nullable().meta({ description: "null if the count did not change." }),
  })
  .meta({ id: "AdjustedStock" });

/** The answer to an adjustment. */
export type AdjustedStockReply = z.output<typeof adjustedStockSchema>;

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
  .meta({
    id: "StockAdjustment",
    examples: [
      { delta: 50, kind: "receipt", note: "Delivery 4711" },
      { delta: -2, reason: "damage", note: "Dropped while unpacking" },
    ],
  });

/** The most adjustments of one request. */
export const bulkAdjustmentsMax = 1_000;

/** One adjustment of `POST /stock/adjustments`. */
export const bulkAdjustmentSchema = z
  .strictObject({ sku: skuSchema, ...adjustmentShape })
  .refine(isEither, either)
  .refine(changes, aChange)
  .meta({
    id: "BulkAdjustment",
    examples: [{ sku: "MUG-1", set: 40, expectedUnits: 42, note: "Shelf 3" }],
  });

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
  .meta({
    id: "BulkAdjustments",
    examples: [
      {
        adjustments: [
          { sku: "MUG-1", set: 40 },
          { sku: "TEA", delta: -2, reason: "damage" },
        ],
      },
    ],
  });

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
