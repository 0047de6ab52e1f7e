// Orders in the HTTP contract.

import * as z from "zod";
import { orderStatuses } from "../domain/order/order-status.ts";
import { shortageReasons } from "../domain/order/plan-order.ts";
import { freeText, lineOfText } from "./text.ts";
import { wholeNumber } from "./whole-number.ts";

/** The most lines of an order, units of a line, and orders of a bulk. Wholesale orders have hundreds of lines. */
export const orderLimits = { lines: 1_000, quantity: 1_000_000, bulk: 1_000 };

const reference = lineOfText(100).meta({
  description: "The checkout's order number. It makes the request idempotent.",
  example: "SO-1001",
});

const lineSchema = z.strictObject({
  sku: lineOfText(64).meta({ description: "SKU of a product without variants, or of a variant." }),
  quantity: wholeNumber(1, orderLimits.quantity),
});

/** The body of `POST /orders`. */
export const newOrderSchema = z
  .strictObject({
    reference,
    lines: z.array(lineSchema).min(1).max(orderLimits.lines),
    customer: z
      .strictObject({
        id: lineOfText(100).optional(),
        name: lineOfText(200).optional(),
        email: z.email("expected an e-mail address").max(254).optional(),
      })
      .optional(),
    note: freeText(2_000).optional(),
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
    customer: z.record(z.string(), z.string()).nullable(),
    note: z.string().nullable(),
    lines: z.array(
      z.object({
        sku: z.string(),
        name: z.string(),
        quantity: z.int(),
        allocated: z.int().meta({ description: "Units taken from stock." }),
        preOrdered: z.int().meta({ description: "Units promised without stock." }),
        restocked: z.int().meta({ description: "Units returned to stock by hand." }),
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
        status: z.string(),
        at: z.iso.datetime(),
        actor: z.string(),
        note: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "Order" });

/** An order as the API answers it. */
export type OrderReply = z.output<typeof orderSchema>;

/** The query of `GET /orders`, besides paging. */
export const orderFilterShape = {
  reference: lineOfText(100).optional(),
  sku: lineOfText(64)
    .optional()
    .meta({ description: "Only orders that took units of this SKU, or were promised some." }),
  status: z.enum(orderStatuses).optional(),
};

/** The body of cancel and refund. */
export const statusChangeSchema = z.strictObject({ note: lineOfText(500).optional() }).optional();

/** The body of `POST /orders/{id}/restock`. */
export const restockRequestSchema = z
  .strictObject({
    lines: z
      .array(
        z.strictObject({ sku: lineOfText(64), quantity: wholeNumber(1, orderLimits.quantity) }),
      )
      .min(1)
      .max(orderLimits.lines),
    note: lineOfText(500).optional(),
  })
  .meta({ id: "RestockRequest" });

/** The path of one order. */
export const orderPathSchema = z.object({ id: z.uuid("expected the id of an order, a UUID") });
