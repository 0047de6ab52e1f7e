// Low-stock alerts in the HTTP contract.

import * as z from "zod";
import { mailStatuses } from "../domain/mail-status.ts";
import { skuSchema } from "./sku.ts";
import { pageQueryShape } from "./paging.ts";

const stateSchema = z.enum(["low", "out"]);
const namedSchema = z.object({ sku: z.string(), name: z.string() });
const causeSchema = z.object({
  order: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
  actor: z.string().nullable(),
});

/** An alert. It opens when units fall to the limit, and ends when they rise above it. */
export const alertSchema = z
  .object({
    id: z.uuid(),
    sku: z.string().meta({ description: "The SKU of the product or variant whose units ran low." }),
    product: namedSchema,
    variant: namedSchema.nullable(),
    state: stateSchema.meta({ description: "out: no units are left." }),
    openedAs: stateSchema,
    openedAt: z.iso.datetime(),
    escalatedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    unitsAtOpening: z.int(),
    limitAtOpening: z.int(),
    openedBy: causeSchema.meta({
      description:
        "The order that took the units, or the actor who changed the stock or its settings.",
    }),
    escalatedBy: causeSchema.nullable(),
    unitsInStock: z.int().meta({ description: "The current count." }),
    unitsSoldLast7Days: z.int(),
    daysOfCover: z.number().nullable().meta({
      description: "How many days the units last at that rate; null if none were sold.",
    }),
    recipientsMissing: z.boolean().meta({
      description: "true: nobody could be mailed, because the group store-managers has no members.",
    }),
    mails: z.array(
      z.object({
        id: z.uuid(),
        to: z.string(),
        notice: stateSchema.nullable(),
        status: z.enum(mailStatuses),
        sentAt: z.iso.datetime().nullable(),
      }),
    ),
  })
  .meta({ id: "Alert" });

/** An alert as the API answers it. */
export type AlertReply = z.output<typeof alertSchema>;

/** The query of `GET /alerts`. */
export const alertQuerySchema = z.strictObject({
  ...pageQueryShape,
  status: z.enum(["open", "ended"]).optional().meta({ description: "If left out: both." }),
  sku: skuSchema.optional(),
});
