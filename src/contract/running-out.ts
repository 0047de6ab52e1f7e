// The items that run out, and what to reorder of them, in the HTTP contract.

import * as z from "zod";
import { leadDaysMax, usualCoverDays } from "../domain/forecast/reorder.ts";
import { incomingSchema } from "./incoming.ts";
import { reorderShape, runOutSchema } from "./outlook.ts";
import { pageQueryShape } from "./paging.ts";
import { stockStateSchema } from "./stock.ts";
import { wholeNumberText } from "./whole-number.ts";

/** The most days that are looked ahead, and that a delivery should last. */
const daysMax = 366;

/** The query of `GET /running-out`. */
export const runningOutQuerySchema = z.strictObject({
  ...pageQueryShape,
  days: wholeNumberText(0, daysMax)
    .default(14)
    .meta({ description: "Items that run out within so many days." }),
  leadDays: wholeNumberText(0, leadDaysMax).optional().meta({
    description:
      "Days from an order to its arrival, of items that have no lead time of their own. If left out: the store's, or else 7.",
  }),
  coverDays: wholeNumberText(1, daysMax)
    .default(usualCoverDays)
    .meta({ description: "Days that what is ordered should last after it arrived." }),
});

/** An item that runs out. */
export const runningOutSchema = z
  .object({
    sku: z.string().meta({ description: "The SKU of the count: a product's or a variant's." }),
    product: z.object({ sku: z.string(), name: z.string() }),
    variant: z.string().nullable().meta({ description: "The name of the variant." }),
    stockState: stockStateSchema,
    unitsInStock: z.int(),
    unitsPreOrdered: z.int(),
    incoming: incomingSchema,
    unitsSoldLast7Days: z.int(),
    unitsSoldLast28Days: z.int(),
    unitsPerDay: z.number().meta({ description: "Units that a day with stock sells." }),
    daysInStock: z.number().meta({
      description: "On so many of the last 28 days it could be sold; parts of days are added up.",
    }),
    foundAt: z.iso.datetime().meta({
      description: "When the sales were counted; it is done every few hours.",
    }),
    daysLeft: z.number().meta({ description: "Days until nothing can be sold; 0: it is so now." }),
    runsOut: runOutSchema,
    ...reorderShape,
  })
  .meta({ id: "RunningOut" });

/** An item that runs out, as the API answers it. */
export type RunningOutReply = z.output<typeof runningOutSchema>;
