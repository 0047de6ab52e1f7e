// What the reports of the HTTP contract answer.

import * as z from "zod";
import { lineOfText } from "./text.ts";
import { wholeNumberText } from "./whole-number.ts";

/** What needs a person now, and how busy the store is. */
export const overviewSchema = z
  .object({
    at: z.iso.datetime(),
    alerts: z.object({
      low: z.int(),
      out: z.int(),
      untold: z.int().meta({
        description: "Open alerts that nobody could be mailed about.",
      }),
    }),
    rejectedLastDay: z.object({
      orders: z.int(),
      units: z.int().meta({ description: "Units that those orders asked for." }),
    }),
    preOrderedUnits: z.int().meta({ description: "Units promised without stock." }),
    mails: z.object({
      unsent: z.int(),
      failed: z.int().meta({ description: "Failed, and not sent again with success." }),
    }),
    orders: z.object({
      pending: z.int(),
      oldestPendingSeconds: z.number().meta({ description: "0 where no order waits." }),
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
      .meta({ description: "null where the queue store does not answer." }),
    hours: z
      .array(
        z.object({
          at: z.iso.datetime(),
          orders: z.int(),
          rejected: z.int(),
          units: z.int().meta({ description: "Units of the confirmed orders." }),
        }),
      )
      .meta({ description: "The last 24 hours and the one that is running, oldest first." }),
  })
  .meta({ id: "Overview" });

/** The overview as it is answered. */
export type OverviewReply = z.output<typeof overviewSchema>;

/** An item that units were promised of without stock. */
export const preOrderedItemSchema = z
  .object({
    sku: z.string(),
    product: z.object({ sku: z.string(), name: z.string() }),
    variant: z.object({ sku: z.string(), name: z.string() }).nullable(),
    units: z.int().meta({ description: "Units promised, over all confirmed orders." }),
    orderCount: z.int(),
    oldestAt: z.iso.datetime(),
    unitsInStock: z
      .int()
      .nullable()
      .meta({ description: "As of now; null where its stock is not tracked any more." }),
    orders: z
      .array(
        z.object({
          id: z.uuid(),
          reference: z.string(),
          acceptedAt: z.iso.datetime(),
          units: z.int(),
        }),
      )
      .meta({ description: "The oldest of them, at most ten." }),
  })
  .meta({ id: "PreOrderedItem" });

/** An item of that list as it is answered. */
export type PreOrderedItemReply = z.output<typeof preOrderedItemSchema>;

/** The path of one item's history. */
export const historyPathSchema = z.object({ sku: lineOfText(64) });

/** The query of a history. */
export const historyQuerySchema = z.strictObject({
  days: wholeNumberText(1, 366).default(30).meta({ description: "How far it goes back." }),
});

/** How a count went. */
export const stockHistorySchema = z
  .object({
    sku: z.string(),
    holder: z.object({ kind: z.enum(["product", "variant"]), sku: z.string() }),
    since: z.iso.datetime(),
    limit: z.int().meta({ description: "At or below it the item is low." }),
    unitsBefore: z
      .int()
      .nullable()
      .meta({ description: "The count when the period began; null where there was none yet." }),
    unitsInStock: z.int().meta({ description: "As of now." }),
    points: z.array(z.object({ at: z.iso.datetime(), units: z.int(), lowest: z.int() })).meta({
      description:
        "Every movement where there are few; else slices of the period, with the count at the end of each and the lowest within.",
    }),
  })
  .meta({ id: "StockHistory" });

/** A history as it is answered. */
export type StockHistoryReply = z.output<typeof stockHistorySchema>;
