// Reports in the HTTP contract.

import * as z from "zod";
import { skuSchema } from "./sku.ts";
import { wholeNumberText } from "./whole-number.ts";

/** The answer of `GET /overview`: what needs attention now, and how busy the store is. */
export const overviewSchema = z
  .object({
    at: z.iso.datetime(),
    alerts: z.object({
      low: z.int().meta({ description: "Open alerts of items that are still sold." }),
      out: z.int().meta({ description: "Open alerts of items that are not sold any more." }),
      noneLeft: z.int().meta({ description: "Those of them that have no unit left." }),
      untold: z.int().meta({
        description: "Open alerts that nobody could be mailed about.",
      }),
    }),
    rejectedLastDay: z.object({
      orders: z.int(),
      units: z.int().meta({ description: "Units that these orders requested." }),
      paid: z.int().meta({ description: "How many of these orders were paid: refund them." }),
    }),
    preOrderedUnits: z.int().meta({ description: "Promised units that still wait for stock." }),
    mails: z.object({
      unsent: z.int(),
      waiting: z.int().meta({
        description:
          "Those of them that wait for another attempt, because the mail server did not take them.",
      }),
      failingSince: z.iso.datetime().nullable().meta({
        description:
          "When the first attempt at one of these failed, or at one that was given up since the last mail was sent; null if none waits.",
      }),
      lastError: z.string().nullable().meta({
        description: "Why the newest of these was not taken; null if none waits.",
      }),
      lastSentAt: z.iso.datetime().nullable().meta({
        description:
          "When the last mail was sent. If that is after `failingSince`, the mail server takes other mails.",
      }),
      failed: z.int().meta({
        description:
          "Failed mails that were not sent again yet, of the newest 1,000. `POST /mails/resend` sends them.",
      }),
    }),
    orders: z.object({
      pending: z.int(),
      oldestPendingSeconds: z.number().meta({ description: "0 if no order waits." }),
    }),
    queues: z
      .array(
        z.object({
          name: z.string(),
          waiting: z.int(),
          active: z.int(),
          delayed: z.int(),
          failed: z.int(),
        }),
      )
      .nullable()
      .meta({ description: "null if the queue store does not answer." }),
    hours: z
      .array(
        z.object({
          at: z.iso.datetime(),
          orders: z.int(),
          rejected: z.int(),
          units: z.int().meta({ description: "Units of confirmed orders." }),
        }),
      )
      .meta({ description: "The last 24 hours and the current hour, oldest first." }),
  })
  .meta({ id: "Overview" });

/** The overview as the API answers it. */
export type OverviewReply = z.output<typeof overviewSchema>;

/** The path of an item's stock history. */
export const historyPathSchema = z.object({ sku: skuSchema });

/** The query of a history. */
export const historyQuerySchema = z.strictObject({
  days: wholeNumberText(1, 366).default(30).meta({ description: "How many days back to start." }),
});

/** The counts of an item over a period. */
export const stockHistorySchema = z
  .object({
    sku: z.string(),
    holder: z.object({ kind: z.enum(["product", "variant"]), sku: z.string() }),
    since: z.iso.datetime(),
    limit: z.int().meta({ description: "At or below this count the item is low." }),
    unitsBefore: z
      .int()
      .nullable()
      .meta({ description: "The count at the start of the period; null if there was none yet." }),
    unitsInStock: z.int().meta({ description: "The current count." }),
    points: z.array(z.object({ at: z.iso.datetime(), units: z.int(), lowest: z.int() })).meta({
      description:
        "Every movement if there are few. Else slices of the period: the count at the end of each slice, and the lowest count in it.",
    }),
  })
  .meta({ id: "StockHistory" });

/** A stock history as the API answers it. */
export type StockHistoryReply = z.output<typeof stockHistorySchema>;

/** The thresholds that are suggested for the items of a product. */
export const suggestedThresholdsSchema = z
  .object({
    data: z.array(
      z.object({
        sku: z.string().meta({ description: "A product or variant with units of its own." }),
        unitsSold: z.int().meta({ description: "Units sold in these days." }),
        days: z
          .int()
          .meta({ description: "28, or fewer if the item has been counted for less time." }),
        suggested: z
          .object({ stockAlertThreshold: z.int(), outOfStockThreshold: z.int() })
          .nullable()
          .meta({ description: "null: nothing was sold, or there are less than 7 days." }),
      }),
    ),
  })
  .meta({ id: "SuggestedThresholds" });

/** The suggestions as the API answers them. */
export type SuggestedThresholdsReply = z.output<typeof suggestedThresholdsSchema>;
