// Low-stock alerts in the HTTP contract.

import * as z from "zod";
import { mailStatuses } from "../domain/mail-status.ts";
import { skuSchema } from "./sku.ts";
import { pageQuery } from "./paging.ts";

const state = z.enum(["low", "out"]);
const named = z.object({ sku: z.string(), name: z.string() });
const cause = z.object({
  order: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
  actor: z.string().nullable(),
});

/** An alert: an episode that opens when units fall to the limit, and ends when they rise above it. */
export const alert = z
  .object({
    id: z.uuid(),
    sku: z.string().meta({ description: "The SKU of the product or variant whose units ran low." }),
    product: named,
    variant: named.nullable(),
    state: state.meta({ description: "out: no units are left." }),
    openedAs: state,
    openedAt: z.iso.datetime(),
    escalatedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    unitsAtOpening: z.int(),
    limitAtOpening: z.int(),
    openedBy: cause.meta({
      description: "The order that took the units, or who changed something.",
    }),
    escalatedBy: cause.nullable(),
    unitsInStock: z.int().meta({ description: "As of now." }),
    unitsSoldLast7Days: z.int(),
    daysOfCover: z
      .number()
      .nullable()
      .meta({ description: "How long the units last at that rate; null where none were sold." }),
    recipientsMissing: z
      .boolean()
      .meta({ description: "Nobody could be mailed: the group store-managers has no members." }),
    mails: z.array(
      z.object({
        id: z.uuid(),
        to: z.string(),
        notice: state.nullable(),
        status: z.enum(mailStatuses),
        sentAt: z.iso.datetime().nullable(),
      }),
    ),
  })
  .meta({ id: "Alert" });

/** An alert as it is answered. */
export type AlertReply = z.output<typeof alert>;

/** The query of `GET /alerts`. */
export const alertQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(["open", "ended"]).optional().meta({ description: "Left out: both." }),
  sku: skuSchema.optional(),
});
