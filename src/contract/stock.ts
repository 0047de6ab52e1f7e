// Stock in the HTTP contract: counts and the ledger.

import * as z from "zod";
import { pageOf } from "./paging.ts";
import { movementKinds } from "../domain/stock/movement-kind.ts";
import { stockStates } from "../domain/stock/stock-holder.ts";
import { stockReasons } from "../domain/stock/stock-reason.ts";
import { incomingSchema } from "./incoming.ts";
import { skuSchema } from "./sku.ts";
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

/** What a reply tells of a level. */
export const levelShape = {
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
    requestId: z.string().nullable().meta({
      description:
        "The `X-Request-Id` of the request that caused it; for a sale, the id that the client sent with the order. null if there is none.",
    }),
    order: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
    countedUnits: z.int().nullable().meta({
      description: "What somebody counted; null if the count was not set by a counting.",
    }),
    undoes: z.string().nullable().meta({
      description: "The id of the movement that this one undid; null if it undid none.",
    }),
    undoneBy: z.string().nullable().meta({
      description: "The id of the movement that undid this one; null if it was not undone.",
    }),
  })
  .meta({ id: "Movement" });

/** A movement as the API answers it. */
export type MovementReply = z.output<typeof movementSchema>;

/** What is gone from a ledger with its closed months. */
export const closedLedgerSchema = z
  .object({
    before: z.iso.datetime().meta({
      description: "When the last closed month ended in which sales of this ledger went.",
    }),
    units: z.int().meta({ description: "The count at the end of that month." }),
    sales: z.int().meta({ description: "How many sales went, in all closed months." }),
  })
  .meta({ id: "ClosedLedger" });

/** A page of a ledger. It is complete only if `closed` is null. */
export const ledgerPageSchema = pageOf(movementSchema).extend({
  closed: closedLedgerSchema.nullable().meta({
    description:
      "null if the ledger has every movement. Else old sales are in the files of closed months only, and are not listed.",
  }),
});

/** The answer to an adjustment: the level after it, and its movement. */
export const adjustedStockSchema = z
  .object({
    ...levelShape,
    movement: movementSchema.nullable().meta({ description: "null if the count did not change." }),
  })
  .meta({ id: "AdjustedStock" });

/** The answer to an adjustment. */
export type AdjustedStockReply = z.output<typeof adjustedStockSchema>;
