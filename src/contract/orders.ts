// Orders in the HTTP contract.

import * as z from "zod";
import { orderStatuses } from "../domain/order/order-status.ts";
import { shortageReasons } from "../domain/order/plan-order.ts";
import { customerSchema } from "./customer.ts";
import { orderedSkuSchema, skuSchema } from "./sku.ts";
import { freeText, identifierText, lineOfText } from "./text.ts";
import { repeated } from "./repeated.ts";
import { searchTextSchema } from "./search-text.ts";
import { stockReasons } from "../domain/stock/stock-reason.ts";
import { wholeNumber } from "./whole-number.ts";

/** The most lines of an order, units of a line, and orders of a bulk. Wholesale orders have hundreds of lines. */
export const orderLimits = { lines: 1_000, quantity: 1_000_000, bulk: 1_000 };

/** The name of an order in the checkout system. */
export const orderReferenceSchema = identifierText(100).meta({
  description:
    "The checkout's order number. It makes the request idempotent. It is compared in Unicode's NFC, without blanks around it.",
  example: "SO-1001",
});

const lineSchema = z.strictObject({
  sku: orderedSkuSchema.meta({
    description: "SKU of a product without variants, or of a variant.",
  }),
  quantity: wholeNumber(1, orderLimits.quantity),
});

/** The body of `POST /orders`. */
export const newOrderSchema = z
  .strictObject({
    reference: orderReferenceSchema,
    lines: z.array(lineSchema).min(1).max(orderLimits.lines),
    customer: customerSchema,
    note: freeText(2_000).nullish().meta({ description: "null and an empty text are no note." }),
    payBy: z.iso.datetime({ offset: true }).optional().meta({
      description:
        "Until when the order is to be paid, at most 366 days ahead. If it is not, it expires: what it had taken comes back. A repetition of the request changes nothing of it.",
      example: "2030-01-31T12:00:00Z",
    }),
  })
  .meta({ id: "NewOrder" });

/** The body of `POST /orders/bulk`. Each order is validated alone, later, so that a fault refuses only its own order. */
export const bulkOrdersSchema = z
  .strictObject({ orders: z.array(z.unknown()).min(1).max(orderLimits.bulk) })
  .meta({ id: "BulkOrders" });

/** The answer to a new order, before its decision. */
export const acceptedOrderSchema = z
  .object({ id: z.uuid(), reference: z.string(), status: z.enum(orderStatuses) })
  .meta({ id: "AcceptedOrder" });

const shortageSchema = z.object({
  skus: z
    .array(z.string())
    .meta({ description: "The order's SKUs whose units come from the stock that was short." }),
  reason: z.enum(shortageReasons).meta({
    description:
      "no-longer-sold: before the decision, the item was deleted, or hidden by a change of its product's type.",
  }),
  requested: z.int(),
  available: z.int(),
  unitsInStock: z.int().nullable().meta({
    description: "Units on the shelf. null if an earlier version rejected the order.",
  }),
  heldBack: z.int().nullable().meta({ description: "Those of them that a threshold held back." }),
  outOfStockAt: z
    .int()
    .nullable()
    .meta({ description: "That threshold: at or below so many units, nothing was sold." }),
});

/** An order with its lines and its status log. */
export const orderSchema = z
  .object({
    id: z.uuid(),
    reference: z.string(),
    status: z.enum(orderStatuses),
    acceptedAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable(),
    payBy: z.iso.datetime().nullable().meta({ description: "Unpaid by then, it expires." }),
    paidAt: z.iso.datetime().nullable().meta({
      description:
        "If the order is rejected and has this, it was paid first and its stock was gone: refund it.",
    }),
    customer: z.record(z.string(), z.unknown()).nullable().meta({
      description: "What is known of the customer, as it came. It may have any fields.",
    }),
    note: z.string().nullable(),
    lines: z.array(
      z.object({
        sku: z.string(),
        name: z.string(),
        quantity: z.int(),
        allocated: z.int().meta({
          description:
            "Units taken from stock: at the decision, and later for units that were promised.",
        }),
        preOrdered: z.int().meta({ description: "Promised units that still wait for stock." }),
        cancelled: z.int().meta({ description: "Units that were cancelled." }),
        refunded: z.int().meta({ description: "Units that were refunded." }),
        restocked: z.int().meta({
          description: "Units that came back to stock: by hand, or when the order expired.",
        }),
        restockable: z.int().meta({
          description:
            "Units that may still be put back: taken from stock, then cancelled or refunded.",
        }),
      }),
    ),
    shortages: z
      .array(shortageSchema)
      .meta({ description: "Why it was rejected; empty otherwise." }),
    jobId: z
      .string()
      .meta({ description: "The job in Bull Board that decided the order, or will." }),
    statusLog: z.array(
      z.object({
        status: z.string().meta({
          description:
            "A status, or what else happened to the order: `allocated` if promised units came, `ready` if it waits for none any more. An order of which units are left stays confirmed when others are cancelled or refunded.",
        }),
        at: z.iso.datetime(),
        actor: z.string(),
        note: z.string().nullable(),
        lines: z
          .array(z.object({ sku: z.string(), quantity: z.int() }))
          .nullable()
          .meta({
            description:
              "The units that were allocated, cancelled, refunded or restocked; null otherwise.",
          }),
      }),
    ),
  })
  .meta({ id: "Order" });

/** An order as the API answers it. */
export type OrderReply = z.output<typeof orderSchema>;

const searchText = (found: string) => searchTextSchema.optional().meta({ description: found });

/** The query of `GET /orders`, besides paging and the count. */
export const orderFilterShape = {
  q: searchText(
    "Words, each in any part of the reference, of the customer's details, or of an item's SKU or name. Letters with and without marks are the same. New orders are found some seconds after they came.",
  ),
  customer: searchText("Words, each in any part of the customer's details."),
  item: searchText(
    "Words, each in any part of the SKU or the name of an item, as it was named when the order came.",
  ),
  acceptedFrom: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: "Only orders that were accepted then or later." }),
  acceptedBefore: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: "Only orders that were accepted before then." }),
  reference: orderReferenceSchema.optional(),
  sku: skuSchema
    .optional()
    .meta({ description: "Only orders that took units of this SKU, or were promised some." }),
  status: z.enum(orderStatuses).optional(),
  waiting: z
    .literal("true")
    .optional()
    .meta({ description: "`true`: only orders that wait for promised units." }),
};

/** So many orders can be named to an export: their ids must fit into its address. */
export const exportedByIdMax = 100;

/** The query of `GET /order-export`. */
export const orderExportShape = {
  ...orderFilterShape,
  id: repeated(z.uuid(), exportedByIdMax).meta({
    description: `Only these orders, ${exportedByIdMax} at most: \`?id=…&id=…\`.`,
  }),
};

/** The query of `GET /orders`, besides paging. */
export const orderListShape = {
  ...orderFilterShape,
  count: z
    .literal("true")
    .optional()
    .meta({ description: "`true`: the reply has the number of orders in all pages, too." }),
};

/** How many orders a list has. */
export const orderCountSchema = z.object({
  number: z.int().meta({ description: "The number of orders, 10,000 at most." }),
  isMore: z
    .boolean()
    .meta({ description: "Whether there may be more: counting ended at its limit." }),
});

const givenUpLines = z
  .array(z.strictObject({ sku: skuSchema, quantity: wholeNumber(1, orderLimits.quantity) }))
  .min(1)
  .max(orderLimits.lines);

/** Why units come back to stock. */
const returnReason = z
  .enum(stockReasons)
  .optional()
  .meta({ description: "Why the units come back, for the ledger; return if left out." });

/** The body of cancel and refund. */
export const cancelOrRefundSchema = z
  .strictObject({
    lines: givenUpLines.optional().meta({
      description: "The units to cancel or refund; all that is left of the order if left out.",
    }),
    restock: z.boolean().optional().meta({
      description:
        "Whether the units that were taken from stock go back to it at once; the store's restockOnReturn if left out.",
    }),
    reason: returnReason,
    note: lineOfText(500).optional(),
  })
  .meta({ id: "CancelOrRefund" })
  .optional();

/** The body of `POST /orders/{id}/pay`. */
export const paymentSchema = z
  .strictObject({
    retake: z.boolean().default(false).meta({
      description: "Whether an expired order is taken once more, if it can be had now.",
    }),
    note: lineOfText(500).optional(),
  })
  .optional();

/** The body of `POST /orders/{id}/restock`. */
export const restockRequestSchema = z
  .strictObject({
    lines: givenUpLines,
    reason: returnReason,
    note: lineOfText(500).optional(),
  })
  .meta({ id: "RestockRequest" });

/** The path of one order. */
export const orderPathSchema = z.object({ id: z.uuid("expected the id of an order, a UUID") });
