// Pre-orders in the HTTP contract: units that were promised without stock, and orders that have got all of theirs.

import * as z from "zod";
import { pageOf } from "./paging.ts";
import { skuSchema } from "./sku.ts";

/** An order that waits for units of an item. */
const waitingShape = {
  id: z.uuid(),
  reference: z.string(),
  acceptedAt: z.iso.datetime(),
  units: z.int().meta({ description: "Units of the item that it still waits for." }),
};

/** An item with promised units that still wait. */
export const preOrderedItemSchema = z
  .object({
    sku: z.string(),
    product: z.object({ sku: z.string(), name: z.string() }),
    variant: z.object({ sku: z.string(), name: z.string() }).nullable(),
    units: z.int().meta({
      description:
        "Units that confirmed orders still wait for. What has been allocated is left out.",
    }),
    orderCount: z.int(),
    oldestAt: z.iso.datetime(),
    unitsInStock: z
      .int()
      .nullable()
      .meta({ description: "The current count; null if its stock is no longer tracked." }),
    orders: z
      .array(z.object(waitingShape))
      .meta({ description: "The oldest of these orders, at most ten." }),
  })
  .meta({ id: "PreOrderedItem" });

/** A pre-ordered item as the API answers it. */
export type PreOrderedItemReply = z.output<typeof preOrderedItemSchema>;

/** An order that waited for units and has got all of them. */
export const readyOrderSchema = z
  .object({
    id: z.uuid(),
    reference: z.string(),
    acceptedAt: z.iso.datetime(),
    readyAt: z.iso.datetime(),
    units: z.int().meta({ description: "Units that its lines took from stock in all." }),
    skus: z.array(z.string()),
  })
  .meta({ id: "ReadyOrder" });

/** A ready order as the API answers it. */
export type ReadyOrderReply = z.output<typeof readyOrderSchema>;

/** The answer of `GET /pre-orders`. */
export const preOrderPageSchema = pageOf(preOrderedItemSchema).extend({
  ready: z.array(readyOrderSchema).meta({
    description:
      "Orders that have become ready in the last seven days, the latest first, at most 50. Empty on further pages.",
  }),
});

/** The path of an item's waiting orders. */
export const preOrderPathSchema = z.object({ sku: skuSchema });

/** An order that waits for units of the item of `GET /pre-orders/{sku}`. */
export const waitingOrderSchema = z
  .object({
    ...waitingShape,
    allocated: z.int().meta({ description: "Units of the item that it has got." }),
  })
  .meta({ id: "WaitingOrder" });

/** A waiting order as the API answers it. */
export type WaitingOrderReply = z.output<typeof waitingOrderSchema>;
