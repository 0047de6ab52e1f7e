// Low-stock alerts in the HTTP contract.

import * as z from "zod";
import { mailStatuses } from "../domain/mail-status.ts";
import { incomingSchema } from "./incoming.ts";
import { skuSchema } from "./sku.ts";
import { pageQueryShape } from "./paging.ts";

const stateSchema = z.enum(["low", "out"]);
const namedSchema = z.object({ sku: z.string(), name: z.string() });
const causeSchema = z.object({
  order: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
  actor: z.string().nullable(),
});

const newsSchema = z.object({
  number: z.int().meta({ description: "1 is the opening; the others are the times it got worse." }),
  state: stateSchema,
  at: z.iso.datetime(),
  unitsInStock: z.int().meta({ description: "The count then." }),
  limit: z.int().meta({ description: "The stock alert threshold then." }),
  by: causeSchema,
  recoveredAt: z.iso.datetime().nullable().meta({
    description: "When units rose above the level again, or the alert ended.",
  }),
  mailing: z.enum(["due", "waiting", "mailed", "shown-only", "not-mailed"]).meta({
    description:
      "due: about to be mailed, or waiting for a member of store-managers. waiting: three mails went out about this state within a day; it is mailed once the item rests. shown-only: the item was low when counting began. not-mailed: units rose or the item was deleted before it could be mailed.",
  }),
});

/** An alert. It opens when units fall to the limit, may get worse and better, and ends when they rise above it. */
export const alertSchema = z
  .object({
    id: z.uuid(),
    sku: z.string().meta({ description: "The SKU of the product or variant whose units ran low." }),
    product: namedSchema,
    variant: namedSchema.nullable(),
    state: stateSchema.meta({
      description:
        "low: still sold. out: not sold, because a threshold holds the units back or none is left.",
    }),
    openedAs: stateSchema,
    openedAt: z.iso.datetime(),
    escalatedAt: z.iso.datetime().nullable().meta({ description: "When it last got worse." }),
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
    incoming: incomingSchema,
    acknowledged: z
      .object({ at: z.iso.datetime(), by: z.string(), note: z.string().nullable() })
      .nullable()
      .meta({ description: "Who sees to it; null if nobody has said so." }),
    snoozed: z
      .object({ until: z.iso.datetime(), by: z.string() })
      .nullable()
      .meta({ description: "Nobody is mailed about it before; null if it is not snoozed." }),
    recipientsMissing: z.boolean().meta({
      description: "true: nobody could be mailed, because the group store-managers has no members.",
    }),
    news: z.array(newsSchema).meta({
      description: "Its opening and each time it got worse, oldest first. Each is mailed once.",
    }),
    mails: z.array(
      z.object({
        id: z.uuid().meta({
          description: "The mail that was sent. One mail may tell the news of several alerts.",
        }),
        news: z.int().nullable().meta({ description: "The number of the news that it is about." }),
        to: z.string(),
        notice: stateSchema.nullable(),
        status: z.enum(mailStatuses),
        sentAt: z.iso.datetime().nullable(),
        waitsUntil: z.iso.datetime().nullable().meta({
          description:
            "Until when it waits for others or because its reader wants it so; null if it does not.",
        }),
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
  state: stateSchema
    .optional()
    .meta({ description: "Only alerts in this state. If left out: both." }),
  sku: skuSchema.optional(),
  id: z.uuid().optional().meta({ description: "Only this alert." }),
});
