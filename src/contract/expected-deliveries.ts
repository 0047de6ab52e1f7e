// Expected deliveries in the HTTP contract: units that a supplier will send.

import * as z from "zod";
import { pageQueryShape } from "./paging.ts";
import {
  hasEitherLines,
  linesShape,
  receivingReferenceSchema,
  receivingShape,
} from "./receipts.ts";
import { skuSchema } from "./sku.ts";
import { lineOfText } from "./text.ts";

/** Another year is a typing error. */
const years = { from: 2_000, to: 2_100 };

const expectedAtSchema = z.iso
  .datetime({ offset: true, error: "expected a date and time such as 2026-12-03T12:00:00Z" })
  .refine((text) => {
    const year = new Date(text).getUTCFullYear();
    return year >= years.from && year <= years.to;
  }, `expected a date from the year ${years.from} to ${years.to}`);

/** The body of `POST /expected-deliveries`. */
export const newDeliverySchema = z
  .strictObject({
    reference: receivingReferenceSchema.meta({
      description:
        "The number of the purchase order, for example. It makes the request idempotent: a delivery is announced once.",
    }),
    ...receivingShape,
    expectedAt: expectedAtSchema.meta({ description: "When it is expected to arrive." }),
    ...linesShape,
  })
  .refine(hasEitherLines, { error: "expected either lines or csv" })
  .meta({ id: "NewExpectedDelivery" });

/** The body of `PATCH /expected-deliveries/{reference}`. */
export const deliveryChangeSchema = z
  .strictObject({ expectedAt: expectedAtSchema.optional(), ...receivingShape })
  .meta({ id: "ExpectedDeliveryChange" });

/** The body of `POST /expected-deliveries/{reference}/close`. */
export const deliveryClosingSchema = z
  .strictObject({
    reason: lineOfText(500).meta({
      description: "Why nothing more is expected, and what explains the differences.",
    }),
  })
  .meta({ id: "ExpectedDeliveryClosing" });

const entryShape = {
  id: z.uuid(),
  reference: z.string(),
  supplier: z.string().nullable(),
  note: z.string().nullable(),
  expectedAt: z.iso.datetime(),
  status: z.enum(["open", "closed"]).meta({
    description:
      "A receipt that completes a delivery closes it. Otherwise somebody closes it, with a reason.",
  }),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  closedAt: z.iso.datetime().nullable(),
  closedBy: z.string().nullable(),
  closeReason: z.string().nullable(),
  units: z.int().meta({ description: "The units that were announced." }),
  received: z.int().meta({ description: "The units that came so far." }),
  incoming: z.int().meta({ description: "The units that are still on their way." }),
};

const countsShape = {
  units: z.int().meta({ description: "0 if the SKU came without being expected." }),
  received: z.int(),
};

/** An expected delivery in a list. */
export const deliveryEntrySchema = z.object(entryShape).meta({ id: "ExpectedDeliveryEntry" });

/** An expected delivery in a list, as the API answers it. */
export type DeliveryEntryReply = z.output<typeof deliveryEntrySchema>;

/** An expected delivery with its lines. */
export const deliverySchema = z
  .object({
    ...entryShape,
    lines: z.array(
      z.object({
        sku: z.string(),
        name: z
          .string()
          .nullable()
          .meta({ description: "The name of the item; null if it was deleted." }),
        ...countsShape,
        incoming: z.int(),
      }),
    ),
    differences: z
      .array(
        z.object({
          sku: z.string(),
          ...countsShape,
          kind: z.enum(["less", "more", "not-expected"]),
        }),
      )
      .meta({
        description:
          "How what came differs from what was announced. While the delivery is open, missing units are none.",
      }),
  })
  .meta({ id: "ExpectedDelivery" });

/** An expected delivery as the API answers it. */
export type DeliveryReply = z.output<typeof deliverySchema>;

/** The query of `GET /expected-deliveries`. */
export const deliveryQuerySchema = z.strictObject({
  ...pageQueryShape,
  status: z
    .enum(["open", "closed"])
    .default("open")
    .meta({ description: "open: the earliest date first. closed: the latest date first." }),
  sku: skuSchema.optional().meta({ description: "Only deliveries with a line of this SKU." }),
});
