// Availability in the HTTP contract: what a storefront may show and sell, and what a cart asks before checkout.

import * as z from "zod";
import { skuSchema } from "./sku.ts";
import { newOrderSchema } from "./orders.ts";

/** How many items one request asks about at most. */
const skusMax = 200;

/** The query of `GET /availability`: `sku` once or many times. */
export const availabilityQuerySchema = z.strictObject({
  sku: z
    .preprocess(
      (value) => (typeof value === "string" ? [value] : value),
      z
        .array(skuSchema, "expected the parameter sku, once for each item")
        .min(1)
        .max(skusMax, `expected at most ${skusMax} items`),
    )
    .meta({ description: `SKUs of products or variants; repeat it for up to ${skusMax}.` }),
});

const shape = {
  sku: z.string(),
  known: z
    .boolean()
    .meta({ description: "Whether there is such an item. If not, it is not visible." }),
  visible: z.boolean().meta({ description: "Whether a shop shows it." }),
  purchasable: z
    .boolean()
    .meta({ description: "Whether an order of at least one unit is accepted." }),
  outOfStock: z.boolean(),
  maxQuantity: z
    .int()
    .nullable()
    .meta({ description: "The largest quantity that is accepted now; null: any." }),
};

/** Availability of one item. */
export const availabilitySchema = z
  .object({
    ...shape,
    variants: z.array(z.object(shape)).meta({
      description: "Of a product with variants, which can be bought as one of them only.",
    }),
  })
  .meta({ id: "Availability" });

/** Availability as it is answered. */
export type AvailabilityReply = z.output<typeof availabilitySchema>;

/** The body of `POST /availability/check`: the lines of an order. */
export const availabilityCheckSchema = z
  .strictObject({ lines: newOrderSchema.shape.lines })
  .meta({ id: "AvailabilityCheck" });

/** Why a line would not be accepted. */
const refusals = [
  "unknown-sku",
  "disabled",
  "variant-required",
  "out-of-stock",
  "insufficient-stock",
] as const;

/** The answer to a check. */
export const checkedAvailabilitySchema = z
  .object({
    acceptable: z
      .boolean()
      .meta({ description: "Whether an order of these lines is accepted now." }),
    lines: z.array(
      z.object({
        sku: z.string(),
        quantity: z.int(),
        acceptable: z.boolean(),
        code: z
          .enum(refusals)
          .nullable()
          .meta({ description: "Why it is not; null where it is acceptable." }),
        available: z.int().nullable().meta({
          description:
            "Units to be had now, of all lines on the same stock together; null: any number.",
        }),
        preOrdered: z
          .int()
          .meta({ description: "How many of them would be promised without stock." }),
      }),
    ),
  })
  .meta({ id: "CheckedAvailability" });

/** The answer to a check. */
export type CheckedAvailabilityReply = z.output<typeof checkedAvailabilitySchema>;
