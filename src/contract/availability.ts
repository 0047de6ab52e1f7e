// Availability in the HTTP contract: what a storefront may show and sell, and the check of a cart before checkout.

import * as z from "zod";
import { incomingSchema } from "./incoming.ts";
import { skuSchema } from "./sku.ts";
import { newOrderSchema } from "./orders.ts";
import { heldBackSchema } from "./stock.ts";

/** The most items of one request. */
const skusMax = 200;

/** The query of `GET /availability`. `sku` may be repeated. */
export const availabilityQuerySchema = z.strictObject({
  sku: z
    .preprocess(
      (value) => (typeof value === "string" ? [value] : value),
      z
        .array(skuSchema, "expected the parameter sku, once for each item")
        .min(1)
        .max(skusMax, `expected at most ${skusMax} items`),
    )
    .meta({
      description: `The SKU of a product or a variant; repeat the parameter for up to ${skusMax} items.`,
    }),
});

const shape = {
  sku: z.string(),
  known: z
    .boolean()
    .meta({ description: "Whether the store has this item. If not, it is not visible." }),
  visible: z.boolean().meta({ description: "Whether a shop shows it." }),
  purchasable: z
    .boolean()
    .meta({ description: "Whether an order of at least one unit is accepted." }),
  outOfStock: z.boolean(),
  maxQuantity: z
    .int()
    .nullable()
    .meta({ description: "The largest quantity that is accepted now; null: no limit." }),
  unitsInStock: z.int().nullable().meta({
    description:
      "The count that the item draws on. null: it is not tracked, or it is ordered by its variants.",
  }),
  available: z.int().nullable().meta({ description: "The same as `maxQuantity`." }),
  heldBack: heldBackSchema,
  incoming: incomingSchema,
};

/** Availability of one item. */
export const availabilitySchema = z
  .object({
    ...shape,
    variants: z.array(z.object(shape)).meta({
      description: "The product's variants. A product that has variants can't be ordered itself.",
    }),
  })
  .meta({ id: "Availability" });

/** Availability as the API answers it. */
export type AvailabilityReply = z.output<typeof availabilitySchema>;

/** The body of `POST /availability/check`: the lines of an order. */
export const availabilityCheckSchema = z
  .strictObject({ lines: newOrderSchema.shape.lines })
  .meta({ id: "AvailabilityCheck" });

/** Why an order would be refused because of a line. */
const refusals = [
  "unknown-sku",
  "disabled",
  "variant-required",
  "out-of-stock",
  "insufficient-stock",
] as const;

/** The answer of `POST /availability/check`. */
export const checkedAvailabilitySchema = z
  .object({
    acceptable: z
      .boolean()
      .meta({ description: "Whether an order of these lines would be accepted now." }),
    lines: z.array(
      z.object({
        sku: z.string(),
        quantity: z.int(),
        acceptable: z.boolean(),
        code: z
          .enum(refusals)
          .nullable()
          .meta({ description: "Why the line is not acceptable; null if it is." }),
        available: z.int().nullable().meta({
          description:
            "Units that can be ordered now, for all lines with the same stock together; null: no limit.",
        }),
        unitsInStock: z
          .int()
          .nullable()
          .meta({ description: "The count that the line draws on; null: it is not tracked." }),
        heldBack: heldBackSchema,
        preOrdered: z
          .int()
          .meta({ description: "Units of this line that would be promised without stock." }),
      }),
    ),
  })
  .meta({ id: "CheckedAvailability" });

/** The answer of `POST /availability/check`. */
export type CheckedAvailabilityReply = z.output<typeof checkedAvailabilitySchema>;
